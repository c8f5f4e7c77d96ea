package dev.fluke.files.internal;

import dev.fluke.files.internal.FileExposure.Allowed;
import dev.fluke.text.Limits;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

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
  public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes)
      throws IOException {
    if (dir.equals(directory)) {
      return FileVisitResult.CONTINUE;
    }
    return dir.getFileName().toString().startsWith(".")
        ? FileVisitResult.SKIP_SUBTREE
        : visitFile(dir, attributes);
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    ExposureSearch search = new ExposureSearch(file, Allowed.READING, user);
    if (attributes.isSymbolicLink()) {
      search.walk();
    } else {
      search.end(FileState.of(file));
    }
    found.addAll(search.found());
    return found.size() >= MOST || ++entries >= Limits.ENTRIES
        ? FileVisitResult.TERMINATE
        : FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException e) {
    return FileVisitResult.CONTINUE; // deleted meanwhile, or not readable for this process either
  }
}
