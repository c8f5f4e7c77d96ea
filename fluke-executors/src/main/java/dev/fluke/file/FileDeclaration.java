package dev.fluke.file;

import org.jspecify.annotations.Nullable;

/**
 * The desired state of one path. Immutable.
 *
 * @param path absolute
 * @param content what the file contains; null if the file must not exist
 */
record FileDeclaration(String path, @Nullable Content content, FileOptions options) {

  static FileDeclaration of(String path, @Nullable Content content) {
    return new FileDeclaration(path, content, FileOptions.DEFAULTS);
  }

  FileDeclaration content(Content other) {
    return new FileDeclaration(path, other, options);
  }

  FileDeclaration options(FileOptions other) {
    return new FileDeclaration(path, content, other);
  }

  /** Whether differences and plans may show the content. */
  boolean showsContent() {
    return content != null && content.isShown();
  }
}
