# Becomes a shell whose output goes through pipes that the login user owns, and that leads a session
# of its own where there is setsid: what it runs as another user gets ends of the pipes to write to,
# and can't read what is written to the shell.
# shellcheck shell=sh
@FIRST@
if command -v setsid >/dev/null; then exec setsid /bin/sh 3>&-; fi
exec /bin/sh 3>&-
