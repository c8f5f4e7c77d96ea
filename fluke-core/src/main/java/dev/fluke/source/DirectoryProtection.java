package dev.fluke.source;

import dev.fluke.files.internal.Exposures;
import dev.fluke.files.internal.FileExposure;
import dev.fluke.files.internal.FileExposure.Allowed;
import dev.fluke.text.FileProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What other users of this machine can change in a directory of manifests. */
final class DirectoryProtection {
  private DirectoryProtection() {}

  /** A problem for each file and directory, by its path in the directory; {@code .} for others. */
  static List<FileProblem> problems(Path directory) throws IOException {
    Path top = directory.toRealPath();
    return Stream.of(Exposures.of(directory, Allowed.READING), Exposures.below(top))
        .flatMap(List::stream)
        .map(exposure -> problem(top, exposure))
        .toList();
  }

  private static FileProblem problem(Path top, FileExposure exposure) {
    Path path = exposure.path();
    boolean isWithin = path.startsWith(top) && !path.equals(top);
    String file = isWithin ? top.relativize(path).toString() : ".";
    return new FileProblem(file, 1, 1, exposure.toString());
  }
}
