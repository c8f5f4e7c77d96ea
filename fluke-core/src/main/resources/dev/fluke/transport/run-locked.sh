# Runs a command under the host's lock, which the command does not inherit, or prints that another
# has the lock.
# shellcheck shell=sh
exec 9<"$HOME"
flock -w 10 -E 213 9
if [ $? = 213 ]; then
  printf %s @LOCKED@
else
  @COMMAND@
  s=$?
  exec 9<&-
  printf '%s%d;' @ENDED@ $s
  printf '%s%d;' @ENDED@ $s >&2
fi
