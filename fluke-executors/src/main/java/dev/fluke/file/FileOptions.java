package dev.fluke.file;

import dev.fluke.file.ManagedFile.Replaceable;
import java.util.Optional;

/** What may be said of a file besides its place and content. */
record FileOptions(
    Optional<String> mode,
    Optional<String> owner,
    Optional<String> group,
    boolean parents,
    Replaceable replaceable,
    Optional<String> runAs) {

  static final FileOptions NONE =
      new FileOptions(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          false,
          Replaceable.FILE,
          Optional.empty());

  FileOptions mode(String value) {
    return new FileOptions(Optional.of(value), owner, group, parents, replaceable, runAs);
  }

  FileOptions owner(String value) {
    return new FileOptions(mode, Optional.of(value), group, parents, replaceable, runAs);
  }

  FileOptions group(String value) {
    return new FileOptions(mode, owner, Optional.of(value), parents, replaceable, runAs);
  }

  FileOptions withParents() {
    return new FileOptions(mode, owner, group, true, replaceable, runAs);
  }

  FileOptions replacing(Replaceable value) {
    return new FileOptions(mode, owner, group, parents, value, runAs);
  }

  FileOptions runAs(String value) {
    return new FileOptions(mode, owner, group, parents, replaceable, Optional.of(value));
  }

  /** Whether this may go to make the declaration true. */
  boolean mayGo(FileState found) {
    return switch (found.kind()) {
      case FILE, MISSING -> true;
      case SYMLINK -> replaceable != Replaceable.FILE;
      case DIRECTORY -> replaceable == Replaceable.DIRECTORY;
      case SPECIAL, UNREADABLE, HIDDEN -> false;
    };
  }
}
