# Ends the session of the process @LEADER@: TERM, and KILL after @TENTHS@ tenths of a second.
# Prints the mark, what is left of the session two seconds later, a dot, and what its processes
# have started in other sessions, which is not ended. A process that has ended but that nobody
# asked after is gone. Where there is no /proc, the group of that number stands for the session.
# shellcheck shell=sh disable=SC2086,SC2046
# SC2086, SC2046: lists of processes and the fields of stat are split on purpose.
{
  of() {
    for f in /proc/[0-9]*/stat; do
      read -r l <$f || continue
      p=${f#/proc/}
      set -- ${l##*) }
      case "$4 $1" in
        "$g"\ [ZX]) ;;
        "$g"\ *) echo ${p%/stat} ;;
      esac
    done
  }
  left() { if [ -r /proc/$$/stat ]; then of; elif kill -s 0 -- -$g; then echo -$g; fi; }
  g=@LEADER@ n=0 k=@TENTHS@
  set -- $(left)
  m=" $* " e=
  for f in /proc/[0-9]*/stat; do
    read -r l <$f || continue
    p=${f#/proc/}
    set -- ${l##*) }
    case "$m" in
      *" ${2-} "*) [ $4 = $g ] || e="$e ${p%/stat}" ;;
    esac
  done
  while l=$(left); [ "$l" ] && [ $n -lt $((k + 20)) ]; do
    [ $n = 0 ] && kill -s TERM -- $l
    [ $n -ge $k ] && kill -s KILL -- $l
    @PAUSE@
  done
  printf '%s%s.%s;' @MARK@ "$l" "$e"
  exit
} 2>/dev/null
