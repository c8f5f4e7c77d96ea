package dev.fluke.files.internal;

import dev.fluke.files.internal.FileExposure.Allowed;
import dev.fluke.text.Limits;
import dev.fluke.text.Printable;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Visits what is below a directory, and notes what others can change. */
final class TreeExposures extends SimpleFileVisitor<Path> {
  private static final int MOST = 100;

  private final Path directory;
  private final ProcessUser user;
  private final List<FileExposure> found = new ArrayList<>();
  private int entries;

  TreeExposures(Path directory, ProcessUser user) {
    this.directory = directory;
    this.user = user;
  }

  List<FileExposure> found() {
    return List.copyOf(found);
  }

  @Override
  public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
    if (dir.equals(directory)) {
      return FileVisitResult.CONTINUE;
    }
    return dir.getFileName().toString().startsWith(".")
        ? FileVisitResult.SKIP_SUBTREE
        : visitFile(dir, attributes);
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    return examine(file, attributes.isSymbolicLink());
  }

  private FileVisitResult examine(Path file, boolean isLink) {
    ExposureSearch search = new ExposureSearch(file, Allowed.READING, user);
    try {
      if (isLink) {
        search.walk();
      } else {
        search.end(FilePermissions.of(file));
      }
    } catch (IOException e) {
      unexamined(file, e);
    }
    found.addAll(search.found());
    return found.size() >= MOST || ++entries >= Limits.ENTRIES
        ? FileVisitResult.TERMINATE
        : FileVisitResult.CONTINUE;
  }

  /** Deleted meanwhile, or a link that leads nowhere, is not a problem: nothing can read that. */
  void unexamined(Path file, IOException why) {
    if (Files.exists(file)) {
      String problem =
          "can't be examined (%s)".formatted(Printable.of(String.valueOf(why.getMessage())));
      found.add(new FileExposure(file, problem, "remove it, or make it readable"));
    }
  }

  /** A directory that can't be listed; a manifest may name a file in it nevertheless. */
  @Override
  public FileVisitResult visitFileFailed(Path file, IOException e) {
    return file.equals(directory) ? FileVisitResult.CONTINUE : examine(file, false);
  }

  @Override
  public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException e) {
    if (e != null) {
      unexamined(dir, e);
    }
    return FileVisitResult.CONTINUE;
  }
}
