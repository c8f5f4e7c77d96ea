#!/bin/sh
# Sets the owner and mode of $FILE, whose content is as declared.
if [ -n "$OWNER" ]; then chown "$OWNER" "$FILE" || exit; fi
chmod "$MODE" "$FILE"
