package dev.fluke.manifest;

import dev.fluke.manifest.ManifestReader.OtherFiles;
import java.util.ArrayDeque;
import java.util.Deque;

/** The files of a revision, as seen from one manifest file. */
record RevisionFiles(String manifest, OtherFiles files) implements ReadSettings.FileLookup {
  private static final int LONGEST = 1024 * 1024;

  @Override
  public byte[] content(String path) {
    String whole = resolved(path);
    byte[] content = files.content(whole);
    if (content == null) {
      throw new IllegalArgumentException("there is no file '" + whole + "' in this revision");
    }
    if (content.length > LONGEST) {
      throw new IllegalArgumentException(
          "file '" + whole + "' has " + content.length + " bytes, at most 1 MiB is allowed");
    }
    return content;
  }

  /** The path from the top of the revision, which it does not leave. */
  private String resolved(String path) {
    Deque<String> parts = new ArrayDeque<>();
    int directory = manifest.lastIndexOf('/');
    String from = path.startsWith("/") || directory < 0 ? "" : manifest.substring(0, directory + 1);
    for (String part : (from + path).split("/", -1)) {
      if (part.equals("..")) {
        if (parts.pollLast() == null) {
          throw new IllegalArgumentException("file '" + path + "' is outside of the source");
        }
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return String.join("/", parts);
  }
}
