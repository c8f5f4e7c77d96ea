# Holds the host's lock for the apply of one step. Prints the mark and how the lock was taken, and
# then waits for commands on its input, for $w seconds each: a line with the word go and a number of
# bytes, and then a text of that length, which it runs. A child reads them under a limit, so that a
# connection that falls silent, also in the middle of a text, can't keep the lock; a text that is
# cut is no whole command, and does not run. Prints the last mark when it waits no more.
# shellcheck shell=sh disable=SC2154,SC2016
# SC2154: the program that takes the lock sets $l. SC2016: the child's shell expands its text.
@TAKE_LOCK@
printf '%s%d;' @TAKEN@ "$l"
w=@WAIT@
[ "$l" = 213 ] ||
  while
    c=$(timeout "$w" /bin/sh -c 'read -r g n && [ "$g" = go ] && exec head -c "$n"' 3>&- 9<&-)
  do
    eval "$c"
  done
exec 9<&-
printf '%s;' @OVER@
