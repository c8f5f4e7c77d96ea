package dev.fluke.source;

import static java.util.Objects.requireNonNull;

import dev.fluke.manifest.ManifestReader;
import dev.fluke.text.Glob;
import dev.fluke.text.Library;
import dev.fluke.time.Scheduler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Manifests from a directory of the local machine, read again when a file changes. Meant for
 * development, and for directories that another program maintains. Each option returns a new value;
 * immutable.
 *
 * <p>Reads the files that match {@code **}{@code /*.fluke.yaml} or {@code .yml}, and ignores
 * directories whose names begin with a dot. Links are followed within the directory. A link that
 * leads out of it is an error of the revision, and so is a manifest that is a link to itself, or to
 * a place that this process can't look into.
 */
public final class DirectorySource implements ManifestSource {
  private final Path directory;
  private final Glob files;
  private final Duration interval;
  private final boolean isProtected;

  private DirectorySource(Path directory, Glob files, Duration interval, boolean isProtected) {
    this.directory = directory;
    this.files = files;
    this.interval = interval;
    this.isProtected = isProtected;
  }

  /** The manifests below this directory, polled every second. */
  public static DirectorySource at(Path directory) {
    return new DirectorySource(
        requireNonNull(directory, "directory"), Glob.DEFAULT, Duration.ofSeconds(1), false);
  }

  /**
   * Reads the files whose path below the directory matches, such as {@code web/*.yaml}.
   *
   * @throws IllegalArgumentException if the glob has an open brace
   */
  public DirectorySource files(String glob) {
    return new DirectorySource(directory, Glob.of(glob), interval, isProtected);
  }

  /** The time between two polls; 1 s unless set. */
  public DirectorySource every(Duration time) {
    return new DirectorySource(directory, files, requireNonNull(time, "time"), isProtected);
  }

  /**
   * Refuses a revision while other users of this machine can change something in the directory, or
   * can write in it or in a directory above. Others are all users but root and that of this
   * process; a group counts as others, unless it is the primary group of the user and has no other
   * member. Permissions are examined when the content changed. The command {@code fluke} sets it;
   * otherwise permissions are ignored.
   */
  public DirectorySource protectedFromOthers() {
    return new DirectorySource(directory, files, interval, true);
  }

  @Override
  public Feed open(Scheduler scheduler, ManifestReader reader) {
    return new DirectoryFeed(directory, files, reader, isProtected);
  }

  @Override
  public List<String> problems() {
    return Stream.concat(
            Library.SNAKE_YAML.problem(getClass().getClassLoader()).stream(),
            Stream.of("the directory does not exist").filter(none -> !Files.isDirectory(directory)))
        .toList();
  }

  @Override
  public Optional<Duration> pollInterval() {
    return Optional.of(interval);
  }

  @Override
  public boolean readsYaml() {
    return true;
  }

  /** The directory. */
  @Override
  public String toString() {
    return directory.toString();
  }
}
