#!/bin/sh
# What an apply may remove, and how: it follows no link, and never crosses into what is mounted in a
# directory, from whatever file system that is.
# shellcheck disable=SC2154  # walk.sh, which comes first, sets these

# Ends unless $REPLACE allows to remove what is there now.
may_replace() {
  is=
  if [ -L "./$last" ]; then
    if [ "$REPLACE" = file ]; then is='a symbolic link'; fi
  elif [ -d "./$last" ]; then
    if [ "$REPLACE" != directory ]; then is='a directory'; fi
  elif [ -e "./$last" ] && [ ! -f "./$last" ]; then
    is='neither file nor directory'
  fi
  if [ -n "$is" ]; then
    echo "$FILE is $is by now" >&2
    exit 1
  fi
}

# Prints $1 as /proc/self/mountinfo shows paths.
as_mounted() {
  tab=$(printf '\t') newline='
'
  rest=$1
  while [ -n "$rest" ]; do
    after=${rest#?}
    letter=${rest%"$after"}
    case $letter in
      ' ') letter='\040' ;;
      \\) letter='\134' ;;
      "$tab" | "$newline") letter=$(printf '\\%03o' "'$letter") ;;
    esac
    printf '%s' "$letter"
    rest=$after
  done
}

# Fails if something is mounted on the directory $1, or below it.
no_mount_in() {
  on=$(readlink /proc/self/cwd; echo .)
  on=${on%??}
  on=$(as_mounted "${on%/}/$1")
  while read -r _ _ _ _ point _; do
    case $point in "$on" | "$on"/*)
      echo "a file system is mounted on $point; unmount it, or declare another path" >&2
      return 1
      ;;
    esac
  done </proc/self/mountinfo
}

# Prints the number of the mount that the working directory belongs to.
mount_of_this() {
  exec 5<. || exit
  while read -r key value; do
    if [ "$key" = mnt_id: ]; then echo "$value"; fi
  done </proc/self/fdinfo/5
}

# Removes the directory $1. Each directory in it is entered: something may be mounted there, or
# exchanged, at any time.
remove_directory() {
  no_mount_in "$1" || return
  unlocked_below "./$1"
  mount=$(mount_of_this)
  remove_entered "$1" 1
}

# Removes the directory $1, which is in $2 others.
remove_entered() {
  if [ "$2" -gt 500 ]; then
    echo "over 500 directories are in one another; remove them by hand" >&2
    return 1
  fi
  (
    judge "$(stat -c "$facts" "./$1")"
    case $type in 4*) ;; *) echo "./$1 is not a directory by now" >&2; exit 1 ;; esac
    into "$1" || { echo "$1 can't be entered${reason:+: $reason}" >&2; exit 1; }
    if [ "$(mount_of_this)" != "$mount" ]; then
      echo "a file system is mounted on $1" >&2
      exit 1
    fi
    find . ! -name . -prune ! -type d -exec rm -f {} +
    for each in ./* ./.[!.]* ./..?*; do
      if [ -e "$each" ] || [ -L "$each" ]; then
        remove_entered "${each#./}" $(($2 + 1)) || exit
      fi
    done
  ) && rmdir "./$1"
}
