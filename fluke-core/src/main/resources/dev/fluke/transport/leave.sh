# Ends what else is in the session of this shell, TERM and after @TENTHS@ tenths of a second KILL,
# and then this shell, also if nobody listens any more. Prints the mark first, with a question
# mark if it can't.
# shellcheck shell=sh disable=SC2086
# SC2086: lists of processes and the fields of stat are split on purpose.
{
  trap '' PIPE
  l=
  { read -r l </proc/$$/stat; } 2>/dev/null
  set -- ${l##*) }
  if [ "${4-}" = $$ ]; then
    printf '%s;' @MARK@
    n=0
    k=@TENTHS@
    while
      @FIND_OTHERS@
      [ "$q" ] && [ $n -lt $((k + 20)) ]
    do
      [ $n = 0 ] && kill -s TERM $q
      [ $n -ge $k ] && kill -s KILL $q
      @PAUSE@
    done
    exit
  else
    printf '%s?;' @MARK@
  fi
} 2>/dev/null
