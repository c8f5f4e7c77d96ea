#!/bin/sh
# Deletes $FILE; with $OVER also a directory with everything in it.
if [ -n "$OVER" ]; then rm -rf "$FILE"; else rm -f "$FILE"; fi
