package dev.fluke.manifest;

import com.google.common.base.Splitter;
import dev.fluke.manifest.ManifestReader.OtherFiles;
import dev.fluke.text.LargeFileStorage;
import dev.fluke.text.Limits;
import java.util.ArrayDeque;
import java.util.Deque;

/** The files of a revision, as seen from one manifest file. */
record RevisionFiles(String manifest, OtherFiles files) implements ReadSettings.FileLookup {
  @Override
  public byte[] content(String path) {
    String whole = resolved(path);
    byte[] content = files.content(whole);
    if (content == null) {
      throw new IllegalArgumentException("there is no file '" + whole + "' in this revision");
    }
    if (content.length > Limits.FILE_BYTES) {
      throw new IllegalArgumentException(
          "file '%s' has %d bytes, at most 1 MiB is allowed".formatted(whole, content.length));
    }
    if (LargeFileStorage.isPointer(content)) {
      throw new IllegalArgumentException(
          "file '%s' is stored in Git LFS, which Fluke does not read; store it in Git"
              .formatted(whole));
    }
    return content;
  }

  /** The path from the top of the revision; a path that leaves the revision is refused. */
  private String resolved(String path) {
    Deque<String> parts = new ArrayDeque<>();
    int directory = manifest.lastIndexOf('/');
    String from = path.startsWith("/") || directory < 0 ? "" : manifest.substring(0, directory + 1);
    for (String part : Splitter.on('/').omitEmptyStrings().split(from + path)) {
      if (part.equals("..")) {
        if (parts.pollLast() == null) {
          throw new IllegalArgumentException("file '" + path + "' is outside the source");
        }
      } else if (!part.equals(".")) {
        parts.addLast(part);
      }
    }
    return String.join("/", parts);
  }
}
