# Sets $q to the processes of the session that this shell leads, itself left out. Starts no
# process.
# shellcheck shell=sh disable=SC2086,SC2034
# SC2086: the fields of stat are split on purpose. SC2034: the program around it reads $q.
q=
for f in /proc/[0-9]*/stat; do
  { read -r l <$f; } 2>/dev/null || continue
  set -- ${l##*) }
  case "$4 $1" in
    $$\ [ZX]) ;;
    $$\ *)
      p=${f#/proc/}
      p=${p%/stat}
      [ $p = $$ ] || q="$q $p"
      ;;
  esac
done
