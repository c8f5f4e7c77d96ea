# Runs a command in a bash as run.sh does in any shell. What the bash itself says of a command that
# a signal ended would show the script, so it goes nowhere; the command has its standard error in
# descriptor 3.
# shellcheck shell=sh
{
  @COMMAND@
  s=$?
} 3>&2 2>/dev/null
printf '%s%d;' @ENDED@ $s
printf '%s%d;' @ENDED@ $s >&2
