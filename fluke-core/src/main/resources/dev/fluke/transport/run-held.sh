# Runs a command of an apply in the shell that holds the lock, which the command does not inherit,
# and prints the ended mark with its status on both streams. Sets how long the shell waits for the
# next command. After the last one, the lock is given back before the mark.
# shellcheck shell=sh disable=SC2034
# SC2034: the shell that runs this reads $w.
{
  w=@WAIT@
  @COMMAND@
  s=$?
  @RELEASE@
  printf '%s%d;' @ENDED@ $s
  printf '%s%d;' @ENDED@ $s >&2
}
