package dev.fluke.source.git;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryCache;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;

/**
 * A bare mirror on disk, held by one source of one process at a time. It can be thrown away at any
 * time: what is in force lives in memory.
 */
final class GitMirror implements AutoCloseable {
  private static final String TEMPORARY = "fluke-git-";

  private final Path base;
  private final boolean temporary;
  private final FileChannel lockFile;

  private GitMirror(Path base, boolean temporary, FileChannel lockFile) {
    this.base = base;
    this.temporary = temporary;
    this.lockFile = lockFile;
  }

  /** The mirror in this directory, or a temporary one; what a killed process left is swept away. */
  static GitMirror in(@Nullable Path directory) throws IOException {
    Path base = directory;
    if (base == null) {
      sweepTemporary();
      base = Files.createTempDirectory(TEMPORARY);
    } else {
      Files.createDirectories(base);
    }
    FileChannel lockFile = locked(base);
    if (lockFile == null) {
      throw new IOException(
          "the mirror directory " + base + " is used by another source or process");
    }
    GitMirror mirror = new GitMirror(base, directory == null, lockFile);
    try (Stream<Path> files = Files.list(base)) {
      for (Path left : files.filter(file -> name(file).matches("(fresh|old)-.*")).toList()) {
        delete(left);
      }
    }
    if (Files.isDirectory(mirror.path())) {
      sweep(mirror.path());
    }
    return mirror;
  }

  private static @Nullable FileChannel locked(Path base) throws IOException {
    FileChannel channel =
        FileChannel.open(base.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // held by this very process
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
    return lock == null ? null : channel;
  }

  /** Deletes temporary mirrors whose processes are gone. */
  private static void sweepTemporary() throws IOException {
    Path temp = Path.of(System.getProperty("java.io.tmpdir"));
    List<Path> found;
    try (Stream<Path> files = Files.list(temp)) {
      found = files.filter(file -> name(file).startsWith(TEMPORARY)).toList();
    }
    for (Path one : found) {
      if (Files.isWritable(one) && Files.exists(one.resolve("lock"))) {
        FileChannel lock = locked(one);
        if (lock != null) {
          lock.close();
          delete(one);
        }
      }
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  private Path path() {
    return base.resolve("mirror.git");
  }

  /** Opens it, new if there is none. */
  Repository open() throws IOException {
    return Files.exists(path()) ? opened(path()) : created(path());
  }

  private static Repository opened(Path path) throws IOException {
    if (!RepositoryCache.FileKey.isGitRepository(path.toFile(), FS.DETECTED)) {
      throw new DamagedMirrorException("it is no Git repository any more");
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

  /** What is done with a repository. */
  interface Use<T> {
    T in(Repository repository) throws Exception;
  }

  /** Does this in a new repository beside the old one, and if it succeeds, puts it in its place. */
  <T> T rebuild(Use<T> use) throws Exception {
    Path fresh = Files.createTempDirectory(base, "fresh-");
    T result;
    try (Repository repository = created(fresh.resolve("mirror.git"))) {
      result = use.in(repository);
    } catch (Exception e) {
      delete(fresh);
      throw e;
    }
    Path old = Files.createTempDirectory(base, "old-");
    if (Files.exists(path())) {
      Files.move(path(), old.resolve("mirror.git"));
    }
    Files.move(fresh.resolve("mirror.git"), path());
    delete(old);
    delete(fresh);
    return result;
  }

  /** How many packs there are: each fetch adds one. */
  int packs() throws IOException {
    Path packs = path().resolve("objects/pack");
    if (!Files.isDirectory(packs)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(packs)) {
      return (int) files.filter(file -> name(file).endsWith(".pack")).count();
    }
  }

  /** Deletes locks and half-written files, which nobody holds: the mirror is ours alone. */
  static void sweep(Path repository) throws IOException {
    List<Path> left;
    try (Stream<Path> files = Files.walk(repository)) {
      left =
          files
              .filter(file -> name(file).matches(".*\\.lock|incoming_.*|.*\\.tmp|tmp_.*|noz.*"))
              .toList();
    }
    for (Path one : left) {
      delete(one);
    }
  }

  private static void delete(Path tree) throws IOException {
    if (!Files.exists(tree, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException e)
              throws IOException {
            Files.deleteIfExists(dir);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  @Override
  public void close() throws IOException {
    if (temporary) {
      delete(base);
    }
    lockFile.close();
  }
}
