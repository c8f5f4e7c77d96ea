package dev.fluke.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.fluke.manifest.InvalidManifestException;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.ManifestReader;
import dev.fluke.source.ManifestSource.News;
import dev.fluke.text.FileProblem;
import dev.fluke.text.Glob;
import dev.fluke.text.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the manifests of a directory again when the stamp of one of them changes, or of a file that
 * a manifest refers to.
 */
final class DirectoryFeed implements ManifestSource.Feed {
  private final Path directory;
  private final Glob glob;
  private final ManifestReader reader;
  private final Map<String, String> referred = new TreeMap<>();
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
      throw SourceUnavailableException.because("the directory no longer exists");
    }
    Map<String, String> stamps = DirectoryScan.stampsBelow(directory, glob);
    if (stamps.equals(seen) && isUnchanged(referred)) {
      return new News.Unchanged();
    }
    Optional<FileProblem> tooMuch = tooMuch(stamps.keySet());
    News news = tooMuch.isPresent() ? refused(stamps, tooMuch.get()) : readAll(stamps.keySet());
    seen = stamps;
    return news;
  }

  /** A problem if there are too many files, or too much in them; asked before one is read. */
  private Optional<FileProblem> tooMuch(Set<String> paths) throws IOException {
    int files = 0;
    long together = 0;
    for (String path : paths) {
      if (++files > Limits.FILES) {
        return Optional.of(
            new FileProblem(
                path, 1, 1, "exceeds the limit of " + Limits.FILES + " manifest files"));
      }
      together += Math.min(Files.size(directory.resolve(path)), Limits.FILE_BYTES);
      if (together > Limits.FILES_BYTES) {
        return Optional.of(
            new FileProblem(
                path,
                1,
                1,
                "with this file the manifests have more than %d MiB; split them into several sources"
                    .formatted(Limits.FILES_BYTES / Limits.FILE_BYTES)));
      }
    }
    return Optional.empty();
  }

  private News readAll(Set<String> paths) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    for (String path : paths) {
      files.put(path, content(directory.resolve(path)));
    }
    return read(files);
  }

  private News refused(Map<String, String> stamps, FileProblem problem) {
    referred.clear();
    String now = digest(Map.of("", stamps.toString().getBytes(UTF_8)));
    if (now.equals(id)) {
      return new News.Unchanged();
    }
    id = now;
    return new News.Broken(id, List.of(problem.toString()));
  }

  private News read(Map<String, byte[]> files) throws IOException {
    Map<String, byte[]> all = new TreeMap<>(files);
    Manifest manifest = Manifest.empty();
    List<String> errors = List.of();
    referred.clear();
    unread = null;
    try {
      manifest = reader.read(files, path -> referredFile(path, all));
    } catch (InvalidManifestException e) {
      errors = e.problems().stream().map(FileProblem::toString).toList();
    }
    if (unread != null) {
      throw unread; // not a mistake in the manifests, although a kind may have reported it as one
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

  private boolean isUnchanged(Map<String, String> stamps) throws IOException {
    for (Map.Entry<String, String> one : stamps.entrySet()) {
      if (!one.getValue().equals(DirectoryScan.stamp(directory.resolve(one.getKey())))) {
        return false;
      }
    }
    return true;
  }

  private static byte[] content(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return in.readNBytes(Limits.FILE_BYTES + 1);
    }
  }

  /** A file that a manifest refers to, watched from now on; null if it does not exist. */
  private byte @Nullable [] referredFile(String path, Map<String, byte[]> all) {
    Path file = directory.resolve(path).normalize();
    if (!file.startsWith(directory.normalize())) {
      return null;
    }
    try {
      referred.put(path, DirectoryScan.stamp(file));
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
    Hasher hasher = Hashing.sha256().newHasher();
    files.forEach(
        (path, content) ->
            hasher
                .putString(path, UTF_8)
                .putByte((byte) 0)
                .putBytes(Hashing.sha256().hashBytes(content).asBytes()));
    return "files-" + hasher.hash().toString().substring(0, 12);
  }
}
