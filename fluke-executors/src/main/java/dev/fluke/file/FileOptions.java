package dev.fluke.file;

import java.util.Optional;

/**
 * The options of a managed file besides its path and content. Immutable.
 *
 * @param parents whether the apply creates missing parent directories
 * @param runAs the user who reads and writes the file; empty for the login user
 */
record FileOptions(
    FileAttributes attributes, boolean parents, Replaceable replaceable, Optional<String> runAs) {

  static final FileOptions DEFAULTS =
      new FileOptions(FileAttributes.UNMANAGED, false, Replaceable.FILE, Optional.empty());

  FileOptions attributes(FileAttributes other) {
    return new FileOptions(other, parents, replaceable, runAs);
  }

  FileOptions withParents() {
    return new FileOptions(attributes, true, replaceable, runAs);
  }

  FileOptions replacing(Replaceable other) {
    return new FileOptions(attributes, parents, other, runAs);
  }

  FileOptions runAs(String user) {
    return new FileOptions(attributes, parents, replaceable, Optional.of(user));
  }

  /** Whether an apply may delete or replace what it found at the path. */
  boolean mayReplace(FileState found) {
    return switch (found.kind()) {
      case FILE, MISSING -> true;
      case SYMLINK -> replaceable != Replaceable.FILE;
      case DIRECTORY -> replaceable == Replaceable.DIRECTORY;
      case SPECIAL, UNREADABLE, HIDDEN, REFUSED -> false;
    };
  }
}
