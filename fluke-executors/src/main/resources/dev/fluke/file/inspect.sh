#!/bin/sh
# Prints what is at $FILE: its kind, and below it what FileState parses.
# Sends the content unless its hash is $SHA256 or it has more than $SHOW bytes. Of a file that
# others could have put there, it says only whether it has the hash and the $SIZE.
# shellcheck disable=SC2154  # walk.sh, which comes first, sets these
if [ -n "$OWNER$GROUP" ]; then facts=$facts%U:%G:; fi
if ! enter "$FILE"; then
  case $why in
    missing | blocked) echo missing ;;
    closed) echo hidden; printf '%s\n' "$at" ;;
    *) echo refused; printf '%s\n' "$reason" ;;
  esac
  exit
fi
judge "$found"
case $found in
  '') echo missing; exit ;;
  a*) echo symlink; readlink "./$last" || echo nowhere; exit ;;
  4*) echo directory; exit ;;
  8*) ;;
  *) echo special; exit ;;
esac

# The declared names, if they are names of the same user and group; else the names that were found.
user=''
if [ -n "$OWNER" ]; then
  user=${found#*:*:*:*:*:*:*:*:}
  user=${user%%:*}
  if [ "$user" != "$OWNER" ] || [ "$user" = UNKNOWN ]; then
    if [ "$(user_number "$OWNER")" = "$owner" ]; then user=$OWNER
    elif [ "$user" = UNKNOWN ]; then user=$owner
    fi
  fi
fi
of_group=''
if [ -n "$GROUP" ]; then
  of_group=${found#*:*:*:*:*:*:*:*:*:}
  of_group=${of_group%%:*}
  if [ "$of_group" != "$GROUP" ] || [ "$of_group" = UNKNOWN ]; then
    if [ "$(group_number "$GROUP" 2>/dev/null)" = "$group" ]; then of_group=$GROUP
    elif [ "$of_group" = UNKNOWN ]; then of_group=$group
    fi
  fi
fi
line=$mode:$owner:$group:$size:$me:$mine:${shared:+shared}:$user:$of_group:$links

# Prints the file, or more if it is not the one whose facts were read: dd follows no link, waits for
# no pipe, and reads no file that has another name. Where dd can't, the file that was opened is
# compared.
read_shared() {
  safely=nofollow,nonblock,nolinks
  dd if="./$last" iflag=$safely bs=64k 2>/dev/null && return
  dd if=/dev/null iflag=$safely 2>/dev/null && echo other && return
  # shellcheck disable=SC2016  # for the other shell
  timeout 5 sh -c '
exec 3<"$1" && [ "$(stat -L -c "$2" /proc/self/fd/3)" = "$3" ] && cat <&3
' sh "./$last" "$facts" "$found" 2>/dev/null || echo other
}

if [ ! -r "./$last" ]; then echo unreadable; echo "$line"; exit; fi
if [ -n "$shared" ]; then
  sum=other
  if [ "$links" = 1 ] && [ "$size" = "$SIZE" ]; then
    sum=$(read_shared | sha256sum)
    [ "${sum%% *}" = "$SHA256" ] || sum=other
  fi
  SHOW=-1
elif [ -n "$SHA256" ]; then
  sum=$(sha256sum <"./$last") || exit
else
  sum=none
fi
sum=${sum%% *}
echo file; echo "$line"; echo "$sum"
if [ "$sum" != "$SHA256" ] && [ "$size" -le "$SHOW" ]; then
  head -c "$SHOW" "./$last"
fi
