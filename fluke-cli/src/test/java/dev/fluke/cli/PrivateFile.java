package dev.fluke.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A file that only its owner can read, as Fluke wants configs, keys and secrets to be. */
public final class PrivateFile {
  private PrivateFile() {}

  /** Writes a file with the mode 0600; returns it. */
  public static Path write(Path file, String text) throws IOException {
    return withMode(Files.writeString(file, text), "rw-------");
  }

  /** Gives a file these permissions, such as {@code rw-r--r--}; returns it. */
  public static Path withMode(Path file, String permissions) throws IOException {
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }
}
