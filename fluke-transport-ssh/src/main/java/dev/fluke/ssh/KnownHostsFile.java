package dev.fluke.ssh;

import dev.fluke.time.Scheduler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file of known hosts, to which other processes add lines at the same time. A lock keeps out
 * those that use Fluke. {@code ssh} takes no lock; its lines stay whole, because each line is
 * written at once to the end of the file.
 */
final class KnownHostsFile {
  private static final Duration FOR_THE_LOCK = Duration.ofSeconds(5);
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(20);
  private static final Path NOTHING = Path.of("/dev/null");
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<?> OWNER_ONLY_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final Set<PosixFilePermission> WRITE =
      Set.of(
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_WRITE);

  private final Path file;
  private final Scheduler scheduler;

  /**
   * The file, which may be missing.
   *
   * @param scheduler waits for other processes
   */
  KnownHostsFile(Path file, Scheduler scheduler) {
    this.file = file;
    this.scheduler = scheduler;
  }

  /** The lines of a file. */
  static List<KnownHostLine> read(Path file) throws IOException {
    if (file.equals(NOTHING)) {
      return List.of();
    }
    rejectUnlessRegular(file);
    synchronized (monitor(identity(file))) {
      return KnownHostLine.all(file, Files.readAllBytes(file));
    }
  }

  /** What is done while no other process adds a line. */
  interface Work<T> {
    T with(Locked now) throws IOException;
  }

  /**
   * Locks the file, and makes it if it is missing.
   *
   * @throws IOException if it can't be locked or written; its lines are unchanged
   */
  <T> T locked(Work<T> work) throws IOException, InterruptedException {
    make();
    long until = scheduler.nanoTime() + FOR_THE_LOCK.toNanos();
    for (Answer<T> done = tryLocked(work); ; done = tryLocked(work)) {
      if (done != null) {
        return done.value();
      }
      if (scheduler.nanoTime() - until >= 0) {
        throw new IOException(
            "another process holds its lock for more than %d s"
                .formatted(FOR_THE_LOCK.toSeconds()));
      }
      scheduler.sleep(BETWEEN_TRIES);
    }
  }

  private record Answer<T>(T value) {}

  /**
   * Gives null if the file is locked, or was replaced meanwhile. In one process two locks on a file
   * exclude each other, and the end of any use of the file ends its lock; so its threads take
   * turns.
   */
  private <T> @Nullable Answer<T> tryLocked(Work<T> work) throws IOException {
    String identity = identity(file);
    synchronized (monitor(identity)) {
      try (FileChannel reading = FileChannel.open(file, StandardOpenOption.READ);
          FileChannel adding = FileChannel.open(file, StandardOpenOption.APPEND);
          FileLock lock = adding.tryLock()) {
        return lock == null || !identity.equals(identity(file))
            ? null
            : new Answer<>(work.with(new Locked(file, reading, adding)));
      } catch (OverlappingFileLockException e) {
        return null;
      }
    }
  }

  private void make() throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      if (Files.exists(folder)) {
        throw new IOException("%s is not a directory".formatted(folder));
      }
      Files.createDirectories(folder, OWNER_ONLY_FOLDER);
    }
    if (Files.notExists(file)) {
      FileChannel.open(
              file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND), OWNER_ONLY)
          .close();
    }
    rejectUnlessRegular(file);
    if (Collections.disjoint(Files.getPosixFilePermissions(file), WRITE)) {
      throw new IOException("it is read-only"); // root could write it all the same
    }
  }

  /** To open a pipe would block. */
  private static void rejectUnlessRegular(Path file) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException("it is not a regular file");
    }
  }

  /** The same for all links to a file. */
  private static String identity(Path file) throws IOException {
    return String.valueOf(Files.readAttributes(file, BasicFileAttributes.class).fileKey());
  }

  /** One object for all class loaders of this process. */
  private static Object monitor(String identity) {
    return ("dev.fluke.ssh.KnownHostsFile " + identity).intern();
  }

  /** The file while it is locked. */
  static final class Locked {
    private final Path file;
    private final FileChannel reading;
    private final FileChannel adding;

    private Locked(Path file, FileChannel reading, FileChannel adding) {
      this.file = file;
      this.reading = reading;
      this.adding = adding;
    }

    /** Its lines now. */
    List<KnownHostLine> lines() throws IOException {
      return KnownHostLine.all(file, bytes(0));
    }

    /**
     * Adds a line.
     *
     * @throws IOException if it could not be written as a whole; then it is not there
     */
    void add(String line) throws IOException {
      long before = reading.size();
      byte[] last = before == 0 ? new byte[] {'\n'} : bytes(before - 1);
      String text = (last[last.length - 1] == '\n' ? "" : "\n") + line + "\n";
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      int written = adding.write(bytes);
      if (bytes.hasRemaining()) {
        if (reading.size() == before + written) {
          adding.truncate(before);
        }
        throw new IOException("there is no space for one more line");
      }
      adding.force(true);
    }

    private byte[] bytes(long from) throws IOException {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      ByteBuffer some = ByteBuffer.allocate(64 * 1024);
      for (long at = from; ; at += some.position()) {
        some.clear();
        if (reading.read(some, at) < 0) {
          return all.toByteArray();
        }
        all.write(some.array(), 0, some.position());
      }
    }
  }
}
