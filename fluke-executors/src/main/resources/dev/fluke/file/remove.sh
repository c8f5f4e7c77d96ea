#!/bin/sh
# Deletes $FILE, and a directory with everything in it if $REPLACE says so.
# shellcheck disable=SC2154  # walk.sh and removal.sh, which come first, set these
enter_file
may_replace
if [ -d "./$last" ] && [ ! -L "./$last" ]; then
  remove_directory "$last"
else
  rm -f "./$last"
fi
