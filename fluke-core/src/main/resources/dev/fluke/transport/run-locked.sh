# Runs a command under the host's lock, which the command does not inherit, or prints that another
# has the lock.
# shellcheck shell=sh disable=SC2154
# SC2154: the program that takes the lock sets $l.
@TAKE_LOCK@
if [ "$l" = 213 ]; then
  printf %s @LOCKED@
else
  @COMMAND@
  s=$?
  exec 9<&-
  printf '%s%d;' @ENDED@ $s
  printf '%s%d;' @ENDED@ $s >&2
fi
