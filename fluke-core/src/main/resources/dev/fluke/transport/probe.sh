# Prints the mark and what the host can do: user number, user (the number for a name with other
# signs), timeout, the lock, default shell, setsid, and the process of this shell. The lock is 1, 0
# without a usable flock, home if the home can't be opened, or name for a user without one: HOME may
# be another for each of its processes.
# The lock is tried in subshells: where the home can't be opened, exec would end the shell.
# BusyBox's flock has no -E, and prints something if it fails. What waits under the lock reads
# commands with head.
# shellcheck shell=sh
{
  t=0
  timeout -k 1 1 true 2>/dev/null && t=1
  l=0
  u=$(id -un 2>/dev/null) || u=
  if [ -z "$u" ]; then
    l=name
  elif ! { [ -d "$HOME" ] && (exec 9<"$HOME") 2>/dev/null; }; then
    l=home
  elif [ "$(echo ab | head -c 1 2>/dev/null)" = a ]; then
    (exec 9<"$HOME" && flock -n -E 213 9) 2>/dev/null
    case $? in
      0 | 213) l=1 ;;
      *)
        (flock -n 9 9</dev/null) 2>/dev/null &&
          s=$( (exec 9<"$HOME" && flock -n 9; echo $?) 2>&1) &&
          { [ "$s" = 0 ] || [ "$s" = 1 ]; } && l=1
        ;;
    esac
  fi
  case $u in
    '' | *[!A-Za-z0-9._@+-]*) u=$(id -u) ;;
  esac
  b=0
  command -v @DEFAULT_SHELL@ >/dev/null && b=1
  s=0
  command -v setsid >/dev/null && s=1
  printf '%s%s %s %s %s %s %s %s;' @MARK@ "$(id -u)" "$u" $t $l $b $s $$
}
