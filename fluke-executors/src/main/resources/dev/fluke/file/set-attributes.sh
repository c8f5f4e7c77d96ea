#!/bin/sh
# Sets the owner and mode of $FILE, whose content is as declared and whose directory nobody else can
# write.
# shellcheck disable=SC2154  # walk.sh, which comes first, sets these
enter_file
if [ -n "$shared" ]; then
  echo "$shared can write in ${FILE%/*} by now; the next apply writes a new file" >&2
  exit 1
fi
case $found in 8*) ;; *) echo "$FILE is not a regular file by now" >&2; exit 1 ;; esac
exec 3<"./$last" || exit
case $OWNER in *.*) id -u "$OWNER" >/dev/null || exit ;; esac
whose=$OWNER${GROUP:+:$GROUP}
if [ -n "$whose" ]; then chown "$whose" /proc/self/fd/3 || exit; fi
chmod "$MODE" /proc/self/fd/3
