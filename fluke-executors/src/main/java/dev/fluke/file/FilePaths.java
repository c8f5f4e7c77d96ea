package dev.fluke.file;

/** Checks and normalizes the path of a managed file. */
final class FilePaths {
  private FilePaths() {}

  /**
   * The same path without empty and {@code .} segments.
   *
   * @throws IllegalArgumentException if the path is relative, contains {@code ..} or a NUL, or
   *     names no file, such as {@code /etc/}
   */
  static String normalized(String path) {
    boolean climbs = (path + "/").contains("/../");
    if (!path.startsWith("/") || climbs || path.indexOf('\0') >= 0 || path.matches(".*/\\.?")) {
      throw new IllegalArgumentException(
          "path is '%s', must be the absolute path of a file without '..', such as /etc/motd"
              .formatted(path));
    }
    return path.replaceAll("/(?:\\.?/)++", "/");
  }
}
