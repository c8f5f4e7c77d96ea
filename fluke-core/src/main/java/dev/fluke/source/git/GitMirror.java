package dev.fluke.source.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryCache;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;

/**
 * A bare mirror on disk. It can be deleted at any time, since the revision in force is in memory.
 */
final class GitMirror implements AutoCloseable {
  private static final String REPOSITORY = "mirror.git";
  private static final Pattern REBUILDING = Pattern.compile("(fresh|old)-.*");
  private static final Pattern PACK = Pattern.compile(".*\\.pack");

  private final MirrorDirectory directory;

  private GitMirror(MirrorDirectory directory) {
    this.directory = directory;
  }

  /** The mirror in this directory, or a temporary one; deletes what a killed process left. */
  static GitMirror in(@Nullable Path given) throws IOException {
    GitMirror mirror = new GitMirror(MirrorDirectory.open(given));
    JGitConfig.assumeIfReadOnly(mirror.directory());
    for (Path left : named(mirror.directory.path(), REBUILDING)) {
      MirrorFiles.deleteTree(left);
    }
    if (Files.isDirectory(mirror.path())) {
      MirrorFiles.deleteStale(mirror.path());
    }
    return mirror;
  }

  private static List<Path> named(Path directory, Pattern name) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> MirrorFiles.isNamed(file, name)).toList();
    }
  }

  /** The directory of the mirror, in which other files may stand beside it. */
  Path directory() {
    return directory.path();
  }

  private Path path() {
    return directory.path().resolve(REPOSITORY);
  }

  /** Opens the repository, or creates it. */
  Repository open() throws IOException {
    return Files.exists(path()) ? opened(path()) : created(path());
  }

  private static Repository opened(Path path) throws IOException {
    if (!RepositoryCache.FileKey.isGitRepository(path.toFile(), FS.DETECTED)) {
      throw new DamagedMirrorException("it is no longer a Git repository");
    }
    return new FileRepositoryBuilder().setGitDir(path.toFile()).setBare().build();
  }

  private static Repository created(Path path) throws IOException {
    Repository repository = new FileRepositoryBuilder().setGitDir(path.toFile()).setBare().build();
    repository.create(true);
    StoredConfig config = repository.getConfig();
    config.setInt("gc", null, "auto", 0);
    config.setString("gc", null, "pruneExpire", "now");
    config.setString("gc", null, "prunePackExpire", "now");
    config.setBoolean("fetch", null, "autogc", false);
    config.save();
    return repository;
  }

  /** Uses a repository. */
  interface Use<T> {
    T in(Repository repository) throws Exception;
  }

  /** Uses a new repository, and replaces the old one with it if that succeeds. */
  <T> T rebuild(Use<T> use) throws Exception {
    Path fresh = Files.createTempDirectory(directory.path(), "fresh-");
    T result;
    try (Repository repository = created(fresh.resolve(REPOSITORY))) {
      result = use.in(repository);
    } catch (Exception e) {
      MirrorFiles.deleteTree(fresh);
      throw e;
    }
    Path old = Files.createTempDirectory(directory.path(), "old-");
    if (Files.exists(path())) {
      Files.move(path(), old.resolve(REPOSITORY));
    }
    Files.move(fresh.resolve(REPOSITORY), path());
    MirrorFiles.deleteTree(old);
    MirrorFiles.deleteTree(fresh);
    return result;
  }

  /** The number of packs; each fetch adds one. */
  int packs() throws IOException {
    Path packs = path().resolve("objects/pack");
    return Files.isDirectory(packs) ? named(packs, PACK).size() : 0;
  }

  @Override
  public void close() throws IOException {
    directory.close();
  }
}
