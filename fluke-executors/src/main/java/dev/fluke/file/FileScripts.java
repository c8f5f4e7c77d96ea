package dev.fluke.file;

import dev.fluke.command.internal.ShellScript;
import dev.fluke.file.internal.PathWalk;

/**
 * The shell programs that run on the host. They enter the directories of the path by {@link
 * PathWalk}, and work only inside the one they have entered. They need {@code stat -c}, {@code
 * sha256sum}, {@code mktemp} and {@code mv -T} of GNU or BusyBox. All values reach them by the
 * environment, so that no argument list shows them.
 */
final class FileScripts {
  /** Prints what is at a path, for {@link FileState}. */
  static final String INSPECT = program("owners", "inspect");

  /** Writes standard input to a path, by a rename. */
  static final String REPLACE = program("owners", "kept", "removal", "replace");

  /** Sets owner and mode of an existing file. */
  static final String SET_ATTRIBUTES = program("owners", "kept", "set-attributes");

  /** Deletes what is at a path. */
  static final String REMOVE = program("kept", "removal", "remove");

  private FileScripts() {}

  private static String program(String... parts) {
    StringBuilder program = new StringBuilder(PathWalk.FUNCTIONS);
    for (String part : parts) {
      program.append('\n').append(ShellScript.resource(FileScripts.class, part + ".sh").text());
    }
    return program.toString();
  }
}
