package dev.fluke.cli.socket;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Optional;
import java.util.Set;

/**
 * The file of a daemon's socket. One daemon at a time holds the lock beside it, so only a socket of
 * a daemon that ended is removed. For one thread.
 */
public final class SocketFile implements AutoCloseable {
  private static final Set<PosixFilePermission> CLOSED =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> FOR_GROUP =
      PosixFilePermissions.fromString("rw-rw----");
  private static final int TYPE = 0170000;
  private static final int SOCKET = 0140000;

  private final Path path;
  private final SocketDirectory directory;
  private final Optional<GroupPrincipal> group;
  private final FileChannel lock;

  private SocketFile(
      Path path, SocketDirectory directory, Optional<GroupPrincipal> group, FileChannel lock) {
    this.path = path;
    this.directory = directory;
    this.group = group;
    this.lock = lock;
  }

  /**
   * Prepares the place of a socket. Then nothing is there, and only this user and root can enter
   * its directory.
   *
   * @param group the group whose members may connect; empty for nobody
   * @throws IOException if the place can't be used; the message says why and what to do
   */
  public static SocketFile claim(Path path, Optional<String> group) throws IOException {
    Optional<GroupPrincipal> members = group.isEmpty() ? Optional.empty() : find(group.get());
    String name = String.valueOf(path.getFileName());
    Path parent = path.toAbsolutePath().normalize().getParent();
    if (parent == null) {
      throw new IOException(path + " is a directory");
    }
    SocketDirectory directory =
        SocketDirectory.prepare(parent, Set.of(name, name + ".lock"), members);
    Path real = directory.path().resolve(name);
    Optional<String> tooLong = SocketPath.tooLong(real);
    if (tooLong.isPresent()) {
      throw new IOException("%s %s".formatted(real, tooLong.get()));
    }
    FileChannel lock = lock(directory.path().resolve(name + ".lock"), real);
    try {
      removeDead(real);
      return new SocketFile(real, directory, members, lock);
    } catch (IOException e) {
      lock.close();
      throw e;
    }
  }

  private static Optional<GroupPrincipal> find(String group) throws IOException {
    try {
      return Optional.of(
          Path.of("/")
              .getFileSystem()
              .getUserPrincipalLookupService()
              .lookupPrincipalByGroupName(group));
    } catch (UserPrincipalNotFoundException e) {
      throw new IOException(
          "this machine has no group '%s'; correct 'socket_group', or create the group"
              .formatted(group),
          e);
    }
  }

  /** The kernel gives the lock back when the process ends, however it ends. */
  private static FileChannel lock(Path file, Path socket) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
            PosixFilePermissions.asFileAttribute(CLOSED));
    FileLock held;
    try {
      held = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      held = null;
    }
    if (held == null) {
      channel.close();
      throw inUse(socket);
    }
    return channel;
  }

  private static IOException inUse(Path socket) {
    return new IOException(
        "another daemon runs at %s; stop it, or set another path".formatted(socket));
  }

  private static void removeDead(Path socket) throws IOException {
    if (!Files.exists(socket, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    int mode = (int) Files.getAttribute(socket, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    if ((mode & TYPE) != SOCKET) {
      throw new IOException("%s is not a socket; remove it, or set another path".formatted(socket));
    }
    if (isLive(socket)) {
      throw inUse(socket);
    }
    Files.delete(socket);
  }

  /** Whether a process listens. A connection that has to wait its turn is a live one, too. */
  private static boolean isLive(Path socket) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.configureBlocking(false);
      boolean unused = channel.connect(UnixDomainSocketAddress.of(socket));
      return true;
    } catch (ConnectException e) {
      return false;
    }
  }

  /** The path without links. */
  public Path path() {
    return path;
  }

  /** Lets the members of the group connect; to be called once the socket is there. */
  public void open() throws IOException {
    Files.setPosixFilePermissions(path, CLOSED);
    if (group.isPresent()) {
      Files.getFileAttributeView(path, PosixFileAttributeView.class).setGroup(group.get());
      Files.setPosixFilePermissions(path, FOR_GROUP);
    }
    directory.open();
  }

  /** Gives the place to the next daemon. The lock file stays: to remove it would be a race. */
  @Override
  public void close() throws IOException {
    lock.close();
  }
}
