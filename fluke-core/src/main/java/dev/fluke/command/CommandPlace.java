package dev.fluke.command;

import org.jspecify.annotations.Nullable;

/** Where a command runs, and as whom; null for the login user and the user's home. */
record CommandPlace(@Nullable String directory, @Nullable String user) {

  CommandPlace directory(String other) {
    return new CommandPlace(other, user);
  }

  CommandPlace user(String other) {
    return new CommandPlace(directory, other);
  }
}
