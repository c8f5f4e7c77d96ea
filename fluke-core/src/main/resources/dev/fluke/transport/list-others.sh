# Prints the mark and what else is in the session of this shell, which costs no process; a shell
# that leads no session, or can't tell, prints a question mark.
# shellcheck shell=sh disable=SC2086
# SC2086: the fields of stat are split on purpose.
{
  l=
  { read -r l </proc/$$/stat; } 2>/dev/null
  set -- ${l##*) }
  if [ "${4-}" = $$ ]; then
    @FIND_OTHERS@
  else
    q='?'
  fi
  printf '%s%s;' @MARK@ "$q"
}
