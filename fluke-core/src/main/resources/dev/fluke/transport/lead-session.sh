# Becomes the shell @SHELL@ that leads a session where there is setsid, so that all that it leaves
# behind can be found. A shell that leads a group can't, and waits for a child that does: a setsid
# that has to fork would not wait, and the way to its shell would seem to end.
# shellcheck shell=sh disable=SC2086,SC2034
# SC2086: the fields of stat are split on purpose. SC2034: $w is for @SHELL@.
w=${1-}
{ read -r l </proc/$$/stat; } 2>/dev/null
set -- ${l##*) }
if [ "${4-}" = $$ ] || ! command -v setsid >/dev/null; then exec @SHELL@; fi
if [ "${3-$$}" != $$ ]; then exec setsid @SHELL@; fi
setsid @SHELL@
exit
