package dev.fluke.files.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;

/**
 * The user that new files of this process belong to. It is the owner of {@code /proc/self}, because
 * Java's own {@code user.name} can be set.
 */
public final class ProcessOwner {
  private static final Path PROCESS = Path.of("/proc/self");

  private ProcessOwner() {}

  /**
   * The user, as the kernel says.
   *
   * @throws UncheckedIOException if {@code /proc} is not mounted
   */
  public static UserPrincipal get() {
    try {
      return Files.getOwner(PROCESS);
    } catch (IOException e) {
      throw new UncheckedIOException("can't read who owns /proc/self; is /proc mounted?", e);
    }
  }
}
