# Keeps the host's lock until the process @PROCESS@ is gone, for at most @TWENTIETHS@ twentieths of
# a second: it runs a command of the apply that this shell must not run. Prints a mark before and
# after. Sets how long the shell waits for the next command.
# shellcheck shell=sh disable=SC2034
# SC2034: the shell that runs this reads $w.
{
  w=@WAIT@
  printf '%s;' @WAITS@
  n=@TWENTIETHS@
  while kill -s 0 @PROCESS@ 2>/dev/null && [ $n -gt 0 ]; do
    sleep 0.05 2>/dev/null || {
      sleep 1
      n=$((n - 19))
    }
    n=$((n - 1))
  done
  printf '%s;' @GONE@
}
