package dev.fluke.source.git;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Deletes files of mirrors that nobody uses any more. */
final class MirrorFiles {
  private static final Pattern STALE =
      Pattern.compile(".*\\.lock|incoming_.*|.*\\.tmp|tmp_.*|noz.*");

  private MirrorFiles() {}

  /** Deletes locks and half-written files of a repository, which only one process ever uses. */
  static void deleteStale(Path repository) throws IOException {
    List<Path> stale;
    try (Stream<Path> files = Files.walk(repository)) {
      stale = files.filter(file -> isNamed(file, STALE)).toList();
    }
    for (Path one : stale) {
      deleteTree(one);
    }
  }

  static boolean isNamed(Path file, Pattern name) {
    return name.matcher(file.getFileName().toString()).matches();
  }

  /** Deletes a file or a directory with all that is in it, if it exists. */
  static void deleteTree(Path tree) throws IOException {
    if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException e)
              throws IOException {
            Files.deleteIfExists(dir);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
