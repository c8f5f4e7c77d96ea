# Makes the environment that of the user @USER@, in that user's home.
# shellcheck shell=sh
unset SUDO_COMMAND SUDO_USER SUDO_UID SUDO_GID ENV BASH_ENV
HOME=~@USER@
USER=@USER@
LOGNAME=@USER@
export HOME USER LOGNAME
cd 2>/dev/null || cd /
