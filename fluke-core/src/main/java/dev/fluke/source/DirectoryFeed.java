package dev.fluke.source;

import dev.fluke.manifest.InvalidManifestException;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.ManifestReader;
import dev.fluke.source.ManifestSource.News;
import dev.fluke.text.FileProblem;
import dev.fluke.text.Glob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The files of a directory, read again when name, size or time of one of them changes, or of
 * another that they name.
 */
final class DirectoryFeed implements ManifestSource.Feed {
  private static final int LONGEST = 1024 * 1024;

  private final Path directory;
  private final Glob glob;
  private final ManifestReader reader;
  private final Map<String, String> beside = new TreeMap<>();
  private @Nullable Map<String, String> seen;
  private @Nullable IOException unread;
  private String id = "";

  DirectoryFeed(Path directory, Glob glob, ManifestReader reader) {
    this.directory = directory;
    this.glob = glob;
    this.reader = reader;
  }

  @Override
  public News poll() throws Exception {
    if (!Files.isDirectory(directory)) {
      throw SourceUnavailableException.because("there is no such directory any more");
    }
    Map<String, String> stamps = new TreeMap<>();
    Map<String, Path> found = found(stamps);
    if (stamps.equals(seen) && isSame(beside)) {
      return new News.Unchanged();
    }
    Map<String, byte[]> files = new TreeMap<>();
    for (Map.Entry<String, Path> file : found.entrySet()) {
      files.put(file.getKey(), content(file.getValue()));
    }
    News news = read(files);
    seen = stamps;
    return news;
  }

  private News read(Map<String, byte[]> files) throws IOException {
    Map<String, byte[]> all = new TreeMap<>(files);
    Manifest manifest = Manifest.empty();
    List<String> errors = List.of();
    beside.clear();
    unread = null;
    try {
      manifest = reader.read(files, path -> other(path, all));
    } catch (InvalidManifestException e) {
      errors = e.problems().stream().map(FileProblem::toString).toList();
    }
    if (unread != null) {
      throw unread; // it says nothing against the manifests, though a kind may have taken it so
    }
    String now = digest(all);
    if (now.equals(id)) {
      return new News.Unchanged();
    }
    id = now;
    if (!errors.isEmpty()) {
      return new News.Broken(id, errors);
    }
    List<String> remarks = files.isEmpty() ? List.of("no file matches " + glob) : List.of();
    return new News.Good(Revision.of(id, manifest).remarks(remarks));
  }

  private boolean isSame(Map<String, String> stamps) throws IOException {
    for (Map.Entry<String, String> one : stamps.entrySet()) {
      if (!one.getValue().equals(stamp(directory.resolve(one.getKey())))) {
        return false;
      }
    }
    return true;
  }

  private static String stamp(Path file) throws IOException {
    try {
      return stamp(Files.readAttributes(file, BasicFileAttributes.class));
    } catch (NoSuchFileException e) {
      return "gone";
    }
  }

  private static String stamp(BasicFileAttributes attributes) {
    return attributes.size() + " " + attributes.lastModifiedTime();
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
              stamps.put(path, stamp(attributes));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            boolean gone = e instanceof NoSuchFileException && !file.equals(directory);
            if (gone || e instanceof FileSystemLoopException) {
              return FileVisitResult.CONTINUE;
            }
            throw e; // what can't be read may declare something
          }
        });
    return found;
  }

  private static byte[] content(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return in.readNBytes(LONGEST + 1);
    }
  }

  /** Another file, which from now on is looked at, too; null if there is none. */
  private byte @Nullable [] other(String path, Map<String, byte[]> all) {
    Path file = directory.resolve(path).normalize();
    if (!file.startsWith(directory.normalize())) {
      return null;
    }
    try {
      beside.put(path, stamp(file));
      if (!Files.isRegularFile(file)) {
        return null;
      }
      byte[] content = content(file);
      all.put(path, content);
      return content;
    } catch (IOException e) {
      unread = e;
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
