# Makes the environment that of the user @USER@, in that user's home; in / if it can't be entered.
# shellcheck shell=sh
unset SUDO_COMMAND SUDO_USER SUDO_UID SUDO_GID ENV BASH_ENV
HOME=~@USER@
case $HOME in /*) ;; *) HOME=/ ;; esac
USER=@USER@
LOGNAME=@USER@
export HOME USER LOGNAME
cd "$HOME" 2>/dev/null || cd /
