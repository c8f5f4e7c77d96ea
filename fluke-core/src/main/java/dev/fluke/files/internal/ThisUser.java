package dev.fluke.files.internal;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Home and name of the user of this process. Java says {@code ?} for a user who is not in {@code
 * /etc/passwd}, and an application can set anything. A path that is relative is never used: it
 * would lead to files of anyone who can write in the working directory.
 */
public final class ThisUser {
  /** What to do without a home, for messages. */
  public static final String NO_HOME =
      "the home directory is unknown: neither user.home nor $HOME is an absolute path";

  private ThisUser() {}

  /** {@code user.home}, or else {@code $HOME}; empty if neither is an absolute path. */
  public static Optional<Path> home() {
    return home(System.getProperty("user.home"), System.getenv("HOME"));
  }

  static Optional<Path> home(@Nullable String property, @Nullable String variable) {
    return absolute(property).or(() -> absolute(variable));
  }

  private static Optional<Path> absolute(@Nullable String text) {
    try {
      return Optional.ofNullable(text).map(Path::of).filter(Path::isAbsolute);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** {@code user.name}; empty if Java does not know it. */
  public static Optional<String> name() {
    return Optional.ofNullable(System.getProperty("user.name"))
        .filter(name -> !name.isBlank() && !name.equals("?"));
  }
}
