# Takes the host's lock on descriptor 9. Sets $l: 0 if it was taken, 213 if another process has had
# it for 10 s, and any other number if this host has no lock. Where the home can't be opened, exec
# would end the shell, so a subshell tries it first. BusyBox's flock can neither wait for a time nor
# give a status of its own, so it is asked again and again; it prints something only if it fails.
# shellcheck shell=sh disable=SC2034
# SC2034: the program around it reads $l.
l=1
if [ -d "$HOME" ] && (exec 9<"$HOME") 2>/dev/null; then
  exec 9<"$HOME"
  flock -w 10 -E 213 9 2>/dev/null
  l=$?
  if [ $l != 0 ] && [ $l != 213 ]; then
    n=0
    while
      e=$(flock -n 9 2>&1)
      l=$?
      [ "$l$e" = 1 ] && [ $n -lt 50 ]
    do
      sleep 0.2 2>/dev/null || {
        sleep 1
        n=$((n + 4))
      }
      n=$((n + 1))
    done
    [ "$l$e" = 1 ] && l=213
  fi
fi
