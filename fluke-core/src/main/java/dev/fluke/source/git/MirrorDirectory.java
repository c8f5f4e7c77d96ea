package dev.fluke.source.git;

import dev.fluke.files.internal.Exposures;
import dev.fluke.files.internal.FileExposure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A directory for a mirror, which no other user can use, locked for one source of one process. A
 * temporary directory is deleted when it is closed, or later by another process if this one was
 * killed.
 */
final class MirrorDirectory implements AutoCloseable {
  private static final String TEMPORARY = "fluke-git-";
  private static final Pattern TEMPORARY_NAME = Pattern.compile(TEMPORARY + ".*");
  private static final String LOCK = "lock";
  private static final Pattern OURS =
      Pattern.compile("lock|mirror\\.git|last-good.*|(fresh|old)-.*");

  private final Path path;
  private final boolean temporary;
  private final FileChannel lock;

  private MirrorDirectory(Path path, boolean temporary, FileChannel lock) {
    this.path = path;
    this.temporary = temporary;
    this.lock = lock;
  }

  /** Locks this directory, and creates it if needed; a temporary one for null. */
  static MirrorDirectory open(@Nullable Path given) throws IOException {
    Path path = given;
    if (path == null) {
      path = temporary();
    } else {
      PrivateDirectory.prepare(path, OURS);
      requireSafe(path);
    }
    FileChannel lock = lock(path);
    if (lock == null) {
      throw new IOException(
          "the mirror directory " + path + " is in use by another source or process");
    }
    return new MirrorDirectory(path, given == null, lock);
  }

  private static Path temporary() throws IOException {
    try {
      deleteAbandoned();
      return Files.createTempDirectory(TEMPORARY);
    } catch (IOException | RuntimeException e) {
      throw new IOException(
          "no temporary mirror can be created in %s; set a directory of this user with mirror(..)"
              .formatted(System.getProperty("java.io.tmpdir")),
          e);
    }
  }

  /** Who can replace a directory above could exchange the whole mirror. */
  private static void requireSafe(Path path) throws IOException {
    List<FileExposure> exposures = Exposures.of(path, FileExposure.Allowed.READING);
    if (!exposures.isEmpty()) {
      throw new IOException("the mirror directory is not safe: " + exposures.get(0));
    }
  }

  Path path() {
    return path;
  }

  /** The open lock file; null if another source or process holds the lock. */
  private static @Nullable FileChannel lock(Path directory) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve(LOCK),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // another source of this process holds it
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
    return lock == null ? null : channel;
  }

  /**
   * Deletes temporary directories whose processes have ended. Those that somebody else could have
   * made, or can exchange, are left alone: a link would lead the deletion elsewhere.
   */
  private static void deleteAbandoned() throws IOException {
    List<Path> found;
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir", "/tmp")))) {
      found = files.filter(file -> MirrorFiles.isNamed(file, TEMPORARY_NAME)).toList();
    }
    for (Path one : found) {
      if (isAbandonable(one)) {
        FileChannel lock = lock(one);
        if (lock != null) {
          lock.close();
          MirrorFiles.deleteTree(one);
        }
      }
    }
  }

  private static boolean isAbandonable(Path directory) {
    try {
      return PrivateDirectory.isOne(directory) && Files.exists(directory.resolve(LOCK));
    } catch (IOException e) {
      return false; // its own process has deleted it meanwhile
    }
  }

  @Override
  public void close() throws IOException {
    if (temporary) {
      MirrorFiles.deleteTree(path);
    }
    lock.close();
  }
}
