#!/bin/sh
# Prints what is at $FILE: its kind, and below it what FileState parses.
# Sends the content unless its hash is $SHA256 or it has more than $SHOW bytes.
if [ -L "$FILE" ]; then echo symlink; readlink "$FILE"; exit; fi
if [ ! -e "$FILE" ]; then
  dir=${FILE%/*}
  until [ -z "$dir" ] || [ -e "$dir" ]; do dir=${dir%/*}; done
  if [ -d "$dir" ] && [ ! -x "$dir" ]; then echo hidden; echo "$dir"; else echo missing; fi
  exit
fi
if [ -d "$FILE" ]; then echo directory; exit; fi
if [ ! -f "$FILE" ]; then echo special; exit; fi
facts=$(stat -c '%a:%u:%g:%s:%U:%G' "$FILE") || exit
if [ ! -r "$FILE" ]; then echo unreadable; echo "$facts"; exit; fi
sum=$(sha256sum <"$FILE") || exit
echo file; echo "$facts"; echo "${sum%% *}"
size=${facts#*:*:*:}
if [ "${sum%% *}" != "$SHA256" ] && [ "${size%%:*}" -le "$SHOW" ]; then
  head -c "$SHOW" "$FILE"
fi
