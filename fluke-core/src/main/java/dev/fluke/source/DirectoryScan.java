package dev.fluke.source;

import dev.fluke.text.Glob;
import dev.fluke.text.Limits;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files below a directory that match a glob, each with its stamp: size and time of the last
 * change. Follows symbolic links; skips directories whose names begin with a dot.
 */
final class DirectoryScan extends SimpleFileVisitor<Path> {
  private static final int DEEPEST = 20;

  private final Path directory;
  private final Glob glob;
  private final Map<String, String> stamps = new TreeMap<>();
  private int entries;

  private DirectoryScan(Path directory, Glob glob) {
    this.directory = directory;
    this.glob = glob;
  }

  /**
   * The stamps of all matching files, by their paths below the directory, in order; only some, but
   * more than are allowed, if there are too many.
   *
   * @throws SourceUnavailableException if there are too many files and directories to look through
   */
  static Map<String, String> stampsBelow(Path directory, Glob glob)
      throws IOException, SourceUnavailableException {
    DirectoryScan scan = new DirectoryScan(directory, glob);
    Files.walkFileTree(directory, EnumSet.of(FileVisitOption.FOLLOW_LINKS), DEEPEST, scan);
    if (scan.entries > Limits.ENTRIES) {
      throw SourceUnavailableException.because(
          "the directory has more than %,d files and directories; choose one for the manifests"
              .formatted(Limits.ENTRIES));
    }
    return scan.stamps;
  }

  /** The stamp of one file; {@code gone} if it does not exist. */
  static String stamp(Path file) throws IOException {
    try {
      return stamp(Files.readAttributes(file, BasicFileAttributes.class));
    } catch (NoSuchFileException e) {
      return "gone";
    }
  }

  private static String stamp(BasicFileAttributes attributes) {
    return attributes.size() + " " + attributes.lastModifiedTime();
  }

  @Override
  public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
    boolean hidden = !dir.equals(directory) && dir.getFileName().toString().startsWith(".");
    return hidden ? FileVisitResult.SKIP_SUBTREE : next();
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    String path = directory.relativize(file).toString();
    if (attributes.isRegularFile() && glob.matches(path)) {
      stamps.put(path, stamp(attributes));
    }
    return next();
  }

  private FileVisitResult next() {
    entries++;
    return entries > Limits.ENTRIES || stamps.size() > Limits.FILES
        ? FileVisitResult.TERMINATE
        : FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
    boolean gone = e instanceof NoSuchFileException && !file.equals(directory);
    if (gone || e instanceof FileSystemLoopException) {
      return FileVisitResult.CONTINUE;
    }
    throw e; // a file that can't be read may declare something
  }
}
