package dev.fluke.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.fluke.files.internal.ConfinedDirectory;
import dev.fluke.manifest.InvalidManifestException;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.ManifestReader;
import dev.fluke.source.DirectoryScan.MatchingFile;
import dev.fluke.source.ManifestSource.News;
import dev.fluke.text.FileProblem;
import dev.fluke.text.Glob;
import dev.fluke.text.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads the manifests of a directory again when the stamp of one of them changes, or of a file that
 * a manifest refers to.
 */
final class DirectoryFeed implements ManifestSource.Feed {
  private final Path directory;
  private final Glob glob;
  private final ManifestReader reader;
  private final boolean isProtected;
  private final Map<String, String> referred = new TreeMap<>();
  private DirectoryScan.@Nullable Found seen;
  private @Nullable IOException unread;
  private boolean isExposed;
  private String id = "";

  DirectoryFeed(Path directory, Glob glob, ManifestReader reader, boolean isProtected) {
    this.directory = directory;
    this.glob = glob;
    this.reader = reader;
    this.isProtected = isProtected;
  }

  @Override
  public News poll() throws Exception {
    if (!Files.isDirectory(directory)) {
      throw SourceUnavailableException.because("the directory no longer exists");
    }
    ConfinedDirectory confined = ConfinedDirectory.of(directory);
    DirectoryScan.Found found = DirectoryScan.below(confined, glob);
    if (found.equals(seen) && isUnchanged(confined)) {
      return new News.Unchanged();
    }
    Optional<FileProblem> tooMuch = tooMuch(found.files());
    News news =
        tooMuch.isPresent() ? refused(found.files(), tooMuch.get()) : readAll(confined, found);
    seen = isExposed ? null : found; // permissions are not in the stamps
    return news;
  }

  /** A problem if there are too many files, or too much in them; asked before one is read. */
  private static Optional<FileProblem> tooMuch(Map<String, MatchingFile> files) {
    int number = 0;
    long together = 0;
    for (Map.Entry<String, MatchingFile> file : files.entrySet()) {
      String path = file.getKey();
      if (++number > Limits.FILES) {
        return Optional.of(
            new FileProblem(
                path, 1, 1, "exceeds the limit of " + Limits.FILES + " manifest files"));
      }
      together += Math.min(file.getValue().size(), Limits.FILE_BYTES);
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

  private News readAll(ConfinedDirectory confined, DirectoryScan.Found found) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    for (Map.Entry<String, MatchingFile> file : found.files().entrySet()) {
      files.put(file.getKey(), confined.read(file.getValue().resolved(), Limits.FILE_BYTES + 1));
    }
    List<FileProblem> problems = new ArrayList<>(found.unfollowed());
    List<FileProblem> weak = isProtected ? DirectoryProtection.problems(directory) : List.of();
    isExposed = !weak.isEmpty();
    problems.addAll(weak); // asked after reading: what others can't change now is what was read
    return read(confined, files, problems);
  }

  private News refused(Map<String, MatchingFile> files, FileProblem problem) {
    referred.clear();
    String now = digest(Map.of("", files.toString().getBytes(UTF_8)));
    if (now.equals(id)) {
      return new News.Unchanged();
    }
    id = now;
    return new News.Broken(id, List.of(problem.toString()));
  }

  private News read(ConfinedDirectory confined, Map<String, byte[]> files, List<FileProblem> found)
      throws IOException {
    Map<String, byte[]> all = new TreeMap<>(files);
    Manifest manifest = Manifest.empty();
    Set<FileProblem> problems = new TreeSet<>(found);
    referred.clear();
    unread = null;
    try {
      manifest = reader.read(files, path -> referredFile(confined, path, all));
    } catch (InvalidManifestException e) {
      problems.addAll(e.problems());
    }
    if (unread != null) {
      throw unread; // not a mistake in the manifests, although a kind may have reported it as one
    }
    List<String> errors = problems.stream().map(FileProblem::toString).toList();
    String now = digest(all, found);
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

  private boolean isUnchanged(ConfinedDirectory confined) throws IOException {
    for (Map.Entry<String, String> one : referred.entrySet()) {
      if (!one.getValue().equals(DirectoryScan.stamp(confined, one.getKey()))) {
        return false;
      }
    }
    return true;
  }

  /** A file that a manifest refers to, watched from now on; null if it does not exist. */
  private byte @Nullable [] referredFile(
      ConfinedDirectory confined, String path, Map<String, byte[]> all) {
    try {
      referred.put(path, DirectoryScan.stamp(confined, path));
      byte[] content = confined.namedFile(path);
      if (content != null) {
        all.put(path, content);
      }
      return content;
    } catch (IOException e) {
      unread = e;
      throw new UncheckedIOException("file '" + path + "' can't be read", e);
    }
  }

  private static String digest(Map<String, byte[]> files, List<FileProblem> found) {
    Map<String, byte[]> all = new TreeMap<>(files);
    if (!found.isEmpty()) {
      all.put("", found.toString().getBytes(UTF_8)); // no file has this path
    }
    return digest(all);
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
