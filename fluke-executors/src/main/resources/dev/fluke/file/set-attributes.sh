#!/bin/sh
# Sets the owner and mode of $FILE, as far as they differ. Its content is as declared, and nobody
# else can write in its directory.
# shellcheck disable=SC2154  # walk.sh, owners.sh and kept.sh, which come first, set these
look_up_owners
enter_file
if [ -n "$shared" ]; then
  echo "$shared can write in ${FILE%/*} by now; the next apply writes a new file" >&2
  exit 1
fi
case $found in 8*) ;; *) echo "$FILE is not a regular file by now" >&2; exit 1 ;; esac
judge "$found"
unlocked "./$last" "$FILE"
exec 3<"./$last" || exit
if [ -n "$whose" ]; then
  # chown drops the right to run as the owner, and capabilities
  case $mode in [1-7]???) MODE=${MODE:-$mode} ;; esac
  kept=
  caps=$(getcap "./$last" 2>/dev/null) || caps=perhaps
  if [ -n "$caps" ] && [ "$me" = 0 ]; then
    unlocked . "${FILE%/*}/"
    trap 'rm -f "$kept"' EXIT
    trap 'exit 143' HUP INT TERM
    kept=$(umask 077 && mktemp "./.fluke-$MARK-XXXXXX") || exit
    copy_attributes "./$last" "$kept"
  elif [ -n "$caps" ] && [ "$caps" != perhaps ]; then
    echo "$FILE has capabilities, which only root can keep" >&2
    exit 1
  fi
  chown "$whose" /proc/self/fd/3 || exit
  if [ -n "$kept" ]; then copy_attributes "$kept" "./$last"; fi
fi
if [ -n "$MODE" ]; then chmod "$MODE" /proc/self/fd/3; fi
