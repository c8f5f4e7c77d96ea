package dev.fluke.source;

import dev.fluke.manifest.InvalidManifestException;
import dev.fluke.manifest.ManifestProblem;
import dev.fluke.manifest.ManifestReader;
import dev.fluke.source.ManifestSource.News;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The files of a directory, read again when name, size or time of one of them changes. */
final class DirectoryFeed implements ManifestSource.Feed {
  private static final int LONGEST = 1024 * 1024;

  private final Path directory;
  private final Glob glob;
  private final ManifestReader reader;
  private @Nullable Map<String, String> seen;
  private String id = "";

  DirectoryFeed(Path directory, Glob glob, ManifestReader reader) {
    this.directory = directory;
    this.glob = glob;
    this.reader = reader;
  }

  @Override
  public News poll() throws Exception {
    Map<String, String> stamps = new TreeMap<>();
    Map<String, Path> found = found(stamps);
    if (stamps.equals(seen)) {
      return new News.Unchanged();
    }
    Map<String, byte[]> files = new TreeMap<>();
    for (Map.Entry<String, Path> file : found.entrySet()) {
      files.put(file.getKey(), content(file.getValue()));
    }
    seen = stamps;
    String now = digest(files);
    if (now.equals(id)) {
      return new News.Unchanged();
    }
    id = now;
    try {
      return new News.Good(Revision.of(id, reader.read(files, this::other)));
    } catch (InvalidManifestException e) {
      return new News.Broken(id, e.problems().stream().map(ManifestProblem::toString).toList());
    }
  }

  private Map<String, Path> found(Map<String, String> stamps) throws IOException {
    Map<String, Path> found = new TreeMap<>();
    Files.walkFileTree(
        directory,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        20,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
            boolean hidden = !dir.equals(directory) && dir.getFileName().toString().startsWith(".");
            return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String path = directory.relativize(file).toString();
            if (attributes.isRegularFile() && glob.matches(path)) {
              found.put(path, file);
              stamps.put(path, attributes.size() + " " + attributes.lastModifiedTime());
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (file.equals(directory)) {
              throw e;
            }
            return FileVisitResult.CONTINUE; // gone meanwhile, or a link to nowhere
          }
        });
    return found;
  }

  private static byte[] content(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return in.readNBytes(LONGEST + 1);
    }
  }

  private byte @Nullable [] other(String path) {
    Path file = directory.resolve(path).normalize();
    try {
      return file.startsWith(directory.normalize()) && Files.isRegularFile(file)
          ? content(file)
          : null;
    } catch (IOException e) {
      throw new UncheckedIOException("file '" + path + "' can't be read", e);
    }
  }

  private static String digest(Map<String, byte[]> files) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        digest.update(file.getKey().getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        digest.update(MessageDigest.getInstance("SHA-256").digest(file.getValue()));
      }
      return "files-" + HexFormat.of().formatHex(digest.digest(), 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
