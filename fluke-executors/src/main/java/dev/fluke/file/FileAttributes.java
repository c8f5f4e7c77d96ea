package dev.fluke.file;

import java.util.Optional;

/**
 * Mode and ownership of a file; an empty one is not managed. Immutable.
 *
 * @param mode four octal digits
 * @param owner a user's name or number
 * @param group a group's name or number
 */
record FileAttributes(Optional<String> mode, Optional<String> owner, Optional<String> group) {
  static final FileAttributes UNMANAGED =
      new FileAttributes(Optional.empty(), Optional.empty(), Optional.empty());

  FileAttributes mode(String digits) {
    return new FileAttributes(Optional.of(digits), owner, group);
  }

  FileAttributes owner(String user) {
    return new FileAttributes(mode, Optional.of(user), group);
  }

  FileAttributes group(String name) {
    return new FileAttributes(mode, owner, Optional.of(name));
  }
}
