package dev.fluke.file;

/**
 * What runs on the host. Needs {@code stat -c}, {@code sha256sum} and {@code mktemp}, as GNU and
 * BusyBox have them. Everything that differs comes by the environment, so that nothing of it stands
 * in an argument list.
 */
final class FileScripts {
  private FileScripts() {}

  /**
   * Says what is at {@code $FILE}: a word, and below it what {@link FileState} reads. The content
   * comes only if it is not the one of {@code $SHA256} and not longer than {@code $SHOW}.
   */
  static final String LOOK =
      """
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
      """;

  /**
   * Puts standard input at {@code $FILE} by a rename, so that nobody ever sees half of it. What an
   * apply that was killed has left is removed by the next one, which finds it by {@code $MARK}.
   */
  static final String PUT =
      """
      dir=${FILE%/*}/
      if [ ! -d "$dir" ]; then
        if [ -z "$PARENTS" ]; then
          echo "the directory $dir is missing; make it in a step before, or say parents: true" >&2
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
      size=$(wc -c <"$new") || exit
      if [ "$size" -ne "$SIZE" ]; then echo "$size of $SIZE bytes came" >&2; exit 1; fi
      if [ -n "$OWNER" ]; then chown "$OWNER" "$new" || exit; fi
      chmod "$MODE" "$new" || exit
      if [ -n "$OVER" ]; then rm -rf "$FILE" || exit; fi
      if [ -d "$FILE" ]; then echo "$FILE is a directory" >&2; exit 1; fi
      mv -f "$new" "$FILE"
      """;

  /** Gives {@code $FILE} its owner and mode, where its content is right already. */
  static final String OWN =
      """
      if [ -n "$OWNER" ]; then chown "$OWNER" "$FILE" || exit; fi
      chmod "$MODE" "$FILE"
      """;

  /** Removes {@code $FILE}. */
  static final String REMOVE =
      """
      if [ -n "$OVER" ]; then rm -rf "$FILE"; else rm -f "$FILE"; fi
      """;
}
