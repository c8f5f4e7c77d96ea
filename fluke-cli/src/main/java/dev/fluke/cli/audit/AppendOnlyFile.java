package dev.fluke.cli.audit;

import dev.fluke.files.internal.ProcessOwner;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file that only grows, by whole lines. What is appended is on the disk when the call returns. If
 * a write was cut in the middle of a line, the next line begins on a line of its own. If the path
 * names another file than before, as after a rotation, that file is opened. For one thread.
 */
final class AppendOnlyFile implements AuditWriter.Appender {
  private static final Set<OpenOption> APPEND =
      Set.of(
          StandardOpenOption.CREATE,
          StandardOpenOption.WRITE,
          StandardOpenOption.APPEND,
          LinkOption.NOFOLLOW_LINKS);
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> WRITE_OF_OTHERS =
      Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  private final Path path;
  private @Nullable Opened opened;

  /** The open file; its key tells it from other files. */
  private record Opened(FileChannel channel, Object key, boolean isTorn) {}

  AppendOnlyFile(Path path) {
    this.path = path.toAbsolutePath();
  }

  /**
   * Appends lines, each with its line break; no lines only open the file.
   *
   * @throws IOException if they may be incomplete, or not on the disk; the message says why
   */
  @Override
  public void append(String lines) throws IOException {
    try {
      Opened file = current();
      if (lines.isEmpty()) {
        return;
      }
      ByteBuffer bytes = StandardCharsets.UTF_8.encode((file.isTorn() ? "\n" : "") + lines);
      while (bytes.hasRemaining()) {
        file.channel().write(bytes);
      }
      file.channel().force(false);
      opened = new Opened(file.channel(), file.key(), false);
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /** The file at the path: the open one, unless it was moved, removed or replaced. */
  private Opened current() throws IOException {
    if (opened != null
        && !attributes().map(PosixFileAttributes::fileKey).equals(Optional.of(opened.key()))) {
      close();
    }
    if (opened == null) {
      opened = open();
    }
    return opened;
  }

  private Opened open() throws IOException {
    Optional<PosixFileAttributes> before = attributes();
    if (before.isPresent()) {
      check(before.get());
    }
    FileChannel channel =
        FileChannel.open(path, APPEND, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    try {
      PosixFileAttributes now = attributes().orElseThrow(() -> new IOException("it was removed"));
      check(now);
      if (before.isEmpty()) {
        syncDirectory();
      }
      return new Opened(channel, now.fileKey(), isTorn(now.size()));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private Optional<PosixFileAttributes> attributes() throws IOException {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS)
        ? Optional.of(
            Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS))
        : Optional.empty();
  }

  /** Opening a pipe would wait for its reader; what others can write proves nothing. */
  private void check(PosixFileAttributes file) throws IOException {
    if (file.isSymbolicLink()) {
      throw new IOException("it is a link; name the file itself");
    }
    if (!file.isRegularFile()) {
      throw new IOException("it is not a regular file");
    }
    if (!Collections.disjoint(file.permissions(), WRITE_OF_OTHERS)) {
      throw new IOException("others can write it; 'chmod 600 " + path + "' prevents that");
    }
    if (!file.owner().equals(ProcessOwner.get())) {
      throw new IOException("it belongs to the user " + file.owner().getName());
    }
  }

  /** A new file outlives a crash only if its directory is on the disk. */
  private void syncDirectory() throws IOException {
    Path parent = path.getParent();
    try (FileChannel directory =
        FileChannel.open(parent == null ? path : parent, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  private boolean isTorn(long size) throws IOException {
    if (size == 0) {
      return false;
    }
    try (FileChannel in =
        FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      return in.read(last, size - 1) == 1 && last.get(0) != '\n';
    }
  }

  @Override
  public void close() throws IOException {
    if (opened != null) {
      FileChannel channel = opened.channel();
      opened = null;
      channel.close();
    }
  }
}
