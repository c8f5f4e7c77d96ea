#!/bin/sh
# Deletes $FILE, and a directory with everything in it if $REPLACE says so.
# shellcheck disable=SC2154  # walk.sh and removal.sh, which come first, set these
enter_file
may_replace
unlocked . "${FILE%/*}/"
if [ -e "./$last" ] || [ -L "./$last" ]; then unlocked "./$last" "$FILE"; fi
no_mount_in "$last" || exit
if [ -d "./$last" ] && [ ! -L "./$last" ]; then
  remove_directory "$last"
else
  rm -f "./$last"
fi
