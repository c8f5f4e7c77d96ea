# Runs a command, which prints the begun mark itself, and prints the ended mark with its status on
# both streams.
# shellcheck shell=sh
@COMMAND@
s=$?
printf '%s%d;' @ENDED@ $s
printf '%s%d;' @ENDED@ $s >&2
