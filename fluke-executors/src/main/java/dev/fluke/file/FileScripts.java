package dev.fluke.file;

import dev.fluke.command.internal.ShellScript;

/**
 * The shell programs that run on the host. They need {@code stat -c}, {@code sha256sum} and {@code
 * mktemp} of GNU or BusyBox. All values reach them by the environment, so that no argument list
 * shows them.
 */
final class FileScripts {
  /** Prints what is at a path, for {@link FileState}. */
  static final String INSPECT = script("inspect");

  /** Writes standard input to a path, by a rename. */
  static final String REPLACE = script("replace");

  /** Sets owner and mode of an existing file. */
  static final String SET_ATTRIBUTES = script("set-attributes");

  /** Deletes what is at a path. */
  static final String REMOVE = script("remove");

  private FileScripts() {}

  private static String script(String name) {
    return ShellScript.resource(FileScripts.class, name + ".sh").text();
  }
}
