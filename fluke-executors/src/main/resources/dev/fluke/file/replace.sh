#!/bin/sh
# Writes standard input to $FILE by a rename, so that no reader sees half of it.
# Removes what a killed apply left behind; $MARK in the name identifies it.
dir=${FILE%/*}/
if [ ! -d "$dir" ]; then
  if [ -z "$PARENTS" ]; then
    echo "the directory $dir is missing; create it in an earlier step, or set parents: true" >&2
    exit 1
  fi
  mkdir -p "$dir" || exit
fi
rm -f "$dir.fluke-$MARK-"??????
umask 077
new=$(mktemp "$dir.fluke-$MARK-XXXXXX") || exit
trap 'rm -f "$new"' EXIT
trap 'exit 143' HUP INT TERM
cat >"$new" || exit
received=$(wc -c <"$new") || exit
if [ "$received" -ne "$SIZE" ]; then echo "received $received of $SIZE bytes" >&2; exit 1; fi
if [ -n "$OWNER" ]; then chown "$OWNER" "$new" || exit; fi
chmod "$MODE" "$new" || exit
if [ -n "$OVER" ]; then rm -rf "$FILE" || exit; fi
if [ -d "$FILE" ]; then echo "$FILE is a directory" >&2; exit 1; fi
mv -f "$new" "$FILE"
