package dev.fluke.files.internal;

import dev.fluke.files.internal.FileExposure.Allowed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Finds what others can do with files of this machine. */
public final class Exposures {
  private Exposures() {}

  /**
   * The ways in which others can do more than this, with the file or by its directories. Links are
   * followed, and the directories of each link count. None for a file that can't be examined, since
   * it can't be read either, and none where this is not Linux.
   */
  public static List<FileExposure> of(Path file, Allowed others) {
    return isSupported() ? of(file, others, ProcessUser.current()) : List.of();
  }

  static List<FileExposure> of(Path file, Allowed others, ProcessUser user) {
    ExposureSearch search = new ExposureSearch(file, others, user);
    try {
      search.walk();
    } catch (IOException e) {
      // what was found on the way counts; the reader of the file reports this failure
    }
    return search.found();
  }

  /**
   * The ways in which others can change files and directories below a directory, hidden directories
   * aside; at most about 100. See {@link #of} for the directory itself.
   */
  public static List<FileExposure> below(Path directory) {
    if (!isSupported()) {
      return List.of();
    }
    TreeExposures tree = new TreeExposures(directory, ProcessUser.current());
    try {
      Files.walkFileTree(directory, tree);
    } catch (IOException e) {
      // what was found so far counts; the reader of the directory reports this failure
    }
    return tree.found();
  }

  private static boolean isSupported() {
    return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
  }
}
