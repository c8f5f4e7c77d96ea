package dev.fluke.source;

import static java.util.Objects.requireNonNull;

import dev.fluke.manifest.ManifestReader;
import dev.fluke.text.Glob;
import dev.fluke.time.Scheduler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Manifests from a directory of the local machine, read again when a file changes. Meant for
 * development, and for directories that another program maintains. Each option returns a new value;
 * immutable.
 *
 * <p>Reads the files that match {@code **}{@code /*.fluke.yaml} or {@code .yml}, and ignores
 * directories whose names begin with a dot.
 */
public final class DirectorySource implements ManifestSource {
  private final Path directory;
  private final Glob files;
  private final Duration interval;

  private DirectorySource(Path directory, Glob files, Duration interval) {
    this.directory = directory;
    this.files = files;
    this.interval = interval;
  }

  /** The manifests below this directory, polled every second. */
  public static DirectorySource at(Path directory) {
    return new DirectorySource(
        requireNonNull(directory, "directory"), Glob.DEFAULT, Duration.ofSeconds(1));
  }

  /**
   * Reads the files whose path below the directory matches, such as {@code web/*.yaml}.
   *
   * @throws IllegalArgumentException if the glob has an open brace
   */
  public DirectorySource files(String glob) {
    return new DirectorySource(directory, Glob.of(glob), interval);
  }

  /** The time between two polls; 1 s unless set. */
  public DirectorySource every(Duration time) {
    return new DirectorySource(directory, files, requireNonNull(time, "time"));
  }

  @Override
  public Feed open(Scheduler scheduler, ManifestReader reader) {
    return new DirectoryFeed(directory, files, reader);
  }

  @Override
  public List<String> problems() {
    return Files.isDirectory(directory) ? List.of() : List.of("the directory does not exist");
  }

  @Override
  public Optional<Duration> pollInterval() {
    return Optional.of(interval);
  }

  /** The directory. */
  @Override
  public String toString() {
    return directory.toString();
  }
}
