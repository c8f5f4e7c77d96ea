package dev.fluke.source;

import dev.fluke.files.internal.ConfinedDirectory;
import dev.fluke.files.internal.ConfinedDirectory.LinkOutException;
import dev.fluke.text.FileProblem;
import dev.fluke.text.Glob;
import dev.fluke.text.Limits;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the files below a directory that match a glob. Follows links within the directory,
 * reports those that lead out of it, and skips directories whose names begin with a dot.
 */
final class DirectoryScan {
  private static final int DEEPEST = 20;

  private final ConfinedDirectory directory;
  private final Glob glob;
  private final Map<String, MatchingFile> files = new TreeMap<>();
  private final List<FileProblem> unfollowed = new ArrayList<>();
  private int entries;

  /**
   * A file.
   *
   * @param resolved its path below the directory, without links
   * @param size in bytes
   * @param changed the time of the last change
   */
  record MatchingFile(Path resolved, long size, FileTime changed) {}

  /**
   * What is there.
   *
   * @param files by their paths below the directory, in order; only some, but more than are
   *     allowed, if there are too many
   * @param unfollowed the links that would be followed if they did not lead out of the directory,
   *     and manifests that are links which this process can't follow
   */
  record Found(Map<String, MatchingFile> files, List<FileProblem> unfollowed) {}

  private DirectoryScan(ConfinedDirectory directory, Glob glob) {
    this.directory = directory;
    this.glob = glob;
  }

  /**
   * All matching files.
   *
   * @throws SourceUnavailableException if there are too many files and directories to look through
   */
  static Found below(ConfinedDirectory directory, Glob glob)
      throws IOException, SourceUnavailableException {
    DirectoryScan scan = new DirectoryScan(directory, glob);
    try {
      scan.enter(new Place(Path.of(""), "", List.of()));
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    if (scan.entries > Limits.ENTRIES) {
      throw SourceUnavailableException.because(
          "the directory has more than %,d files and directories; choose one for the manifests"
              .formatted(Limits.ENTRIES));
    }
    return new Found(scan.files, scan.unfollowed);
  }

  /** The stamp of one file; {@code gone} if it does not exist. */
  static String stamp(ConfinedDirectory directory, String path) throws IOException {
    try {
      return stamp(directory.attributes(directory.resolve(Path.of(path))));
    } catch (NoSuchFileException e) {
      return "gone";
    } catch (LinkOutException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static String stamp(BasicFileAttributes attributes) {
    return attributes.size() + " " + attributes.lastModifiedTime();
  }

  /**
   * A directory of the scan.
   *
   * @param resolved its path without links
   * @param prefix its path as the scan came to it, with a slash at its end
   * @param above the directories that led here, without links
   */
  private record Place(Path resolved, String prefix, List<Path> above) {
    Place below(Path target, String name) {
      List<Path> path = new ArrayList<>(above);
      path.add(resolved);
      return new Place(target, prefix + name + "/", path);
    }

    boolean isBelow(Path target) {
      return resolved.equals(target) || above.contains(target);
    }
  }

  private void enter(Place place) throws IOException {
    try (SecureDirectoryStream<Path> open = directory.open(place.resolved())) {
      visit(open, place);
    }
  }

  private void visit(SecureDirectoryStream<Path> open, Place place) throws IOException {
    for (Path entry : open) {
      if (entries > Limits.ENTRIES || files.size() > Limits.FILES) {
        return;
      }
      entries++;
      Path name = entry.getFileName();
      try {
        Path resolved = place.resolved().resolve(name);
        BasicFileAttributes attributes = ConfinedDirectory.attributes(open, name);
        if (attributes.isSymbolicLink()) {
          Path target = target(resolved, place.prefix() + name);
          if (target == null) {
            continue;
          }
          resolved = target;
          attributes = directory.attributes(resolved);
        }
        visit(name.toString(), resolved, attributes, place);
      } catch (LinkOutException e) {
        linkOut(place, name.toString(), e);
      } catch (NoSuchFileException | FileSystemLoopException e) {
        // deleted meanwhile, or a link that leads nowhere
      }
    }
  }

  /** Where a link leads; null if it can't be followed, which is a problem only of a manifest. */
  private @Nullable Path target(Path link, String path) throws IOException {
    try {
      return directory.resolve(link);
    } catch (NoSuchFileException e) {
      throw e;
    } catch (FileSystemException e) { // a circle, or a place that this process can't look into
      if (glob.matches(path)) {
        String why =
            e instanceof AccessDeniedException
                ? "permission denied"
                : String.valueOf(e.getReason());
        unfollowed.add(
            new FileProblem(
                path,
                1,
                1,
                "is a link that can't be followed (%s); put a file in its place".formatted(why)));
      }
      return null;
    }
  }

  private void visit(String name, Path resolved, BasicFileAttributes attributes, Place place)
      throws IOException {
    String path = place.prefix() + name;
    if (attributes.isDirectory()) {
      boolean isSkipped = name.startsWith(".") || place.isBelow(resolved);
      if (!isSkipped && place.above().size() < DEEPEST) {
        enter(place.below(resolved, name));
      }
    } else if (attributes.isRegularFile() && glob.matches(path)) {
      files.put(path, new MatchingFile(resolved, attributes.size(), attributes.lastModifiedTime()));
    }
  }

  /** A link to a file that is not a manifest is never followed, and so not a problem. */
  private void linkOut(Place place, String name, LinkOutException why) {
    String path = place.prefix() + name;
    boolean toDirectory = Files.isDirectory(why.target()) && !name.startsWith(".");
    if (toDirectory || glob.matches(path)) {
      unfollowed.add(
          new FileProblem(
              path,
              1,
              1,
              "%s; copy what it leads to into the directory".formatted(why.getMessage())));
    }
  }
}
