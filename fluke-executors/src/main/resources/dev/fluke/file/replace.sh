#!/bin/sh
# Writes standard input to $FILE by a rename, so that no reader sees half of it. The new file is
# made in a directory that only this user can enter; $MARK in its name shows what a killed apply
# left.
# shellcheck disable=SC2154,SC2034  # walk.sh, removal.sh and others, which come first, set these

# Removes what a killed apply left; what others named like it is left alone.
sweep() {
  for old in "./.fluke-$MARK-"??????; do
    if [ -d "$old" ] && [ ! -L "$old" ]; then
      (
        judge "$(stat -c "$facts" "$old")"
        into "${old#./}" && [ -z "$shared" ] && rm -f ./new ./words
      ) && rmdir "$old"
    else
      rm -f "$old"
    fi
  done 2>/dev/null
}

look_up_owners
create=$PARENTS
enter_file
there=$here
others=$shared
may_replace
unlocked . "${FILE%/*}/"
if [ -e "./$last" ] || [ -L "./$last" ]; then unlocked "./$last" "$FILE"; fi
mounted=
if [ -f "./$last" ] && ! no_mount_in "$last" 2>/dev/null; then mounted=yes; fi
if [ -n "$mounted" ] && [ -n "$(getcap "./$last" 2>/dev/null)" ]; then
  echo "$FILE is mounted and has capabilities, which a write drops; unmount it" >&2
  exit 1
fi
sweep
work=$(umask 077 && mktemp -d "./.fluke-$MARK-XXXXXX") || exit
judge "$(stat -c "$facts" "$work")"
into "${work#./}"
if [ -n "$reason$shared" ] || [ $((0x$type & 0x3f)) != 0 ] || [ "$owner" != "$me" ]; then
  echo "${FILE%/*} changed meanwhile: somebody else exchanged what Fluke made in it" >&2
  exit 1
fi
trap 'rm -f ./new ./words; cd -P .. && rmdir "$work" 2>/dev/null' EXIT
trap 'exit 143' HUP INT TERM
umask 077
set -C
exec 3>./new || exit
set +C
cat >&3 || exit
received=$(wc -c <./new) || exit
if [ "$received" -ne "$SIZE" ]; then echo "received $received of $SIZE bytes" >&2; exit 1; fi
if [ -n "$SECRET" ]; then
  OWNER=${OWNER:-$me}
  GROUP=${GROUP:-$mine}
  look_up_owners
  if [ $((0$MODE & 077)) != 0 ]; then
    case $(ls -ld ./new) in ??????????+*)
      setfacl -b ./new || { echo "${FILE%/*} gives others access to all files in it" >&2; exit 1; }
      ;;
    esac
  fi
fi
if [ -n "$whose" ]; then chown "$whose" /proc/self/fd/3 || exit; fi
if [ -z "$SECRET$others$mounted" ] && [ -f "../$last" ] && [ ! -L "../$last" ]; then
  copy_attributes "../$last" ./new
fi
chmod "$MODE" /proc/self/fd/3 || exit
(
  cd -P .. || exit
  judge "$(stat -c "$facts" .)"
  entered
  if [ "$here" != "$there" ]; then echo "${FILE%/*} changed meanwhile" >&2; exit 1; fi
  may_replace
  if [ -d "./$last" ] && [ ! -L "./$last" ]; then remove_directory "$last"; fi
) || exit
if ! mv -f -T ./new "../$last" 2>./words; then
  words=$(cat ./words)
  case ${SECRET:+secret}$others:$words in
    :*'esource busy'*) ;;
    *)
      echo "$FILE can't be replaced by a new file: $words" >&2
      exit 1
      ;;
  esac
  # Something is mounted on the file, in a directory that nobody else can write.
  cat ./new >"../$last" || exit
  exec 4<"../$last" || exit
  if [ -n "$whose" ]; then chown "$whose" /proc/self/fd/4 || exit; fi
  chmod "$MODE" /proc/self/fd/4 || exit
fi
