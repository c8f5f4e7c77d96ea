package dev.fluke.cli.socket;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The directory of a socket. Until {@link #open} only this user and root can enter it. */
final class SocketDirectory {
  private static final Set<PosixFilePermission> CLOSED =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> FOR_GROUP =
      PosixFilePermissions.fromString("rwxr-x---");

  private final Path path;
  private final Optional<GroupPrincipal> group;

  private SocketDirectory(Path path, Optional<GroupPrincipal> group) {
    this.path = path;
    this.group = group;
  }

  /**
   * Creates the directory, or adopts one that exists. If it holds nothing but the socket and its
   * lock, it is closed to others; if it holds other files, its mode must be right already.
   *
   * @param names the names of the socket and its lock
   * @throws IOException if it can't be used; the message says why and what to do
   */
  static SocketDirectory prepare(Path path, Set<String> names, Optional<GroupPrincipal> group)
      throws IOException {
    create(path);
    Optional<String> problem = TrustedWay.problem(path);
    if (problem.isPresent()) {
      throw new IOException(
          problem.get() + ", and could replace the socket; use a directory that only you control");
    }
    PosixFileAttributes found = attributes(path);
    if (!found.isDirectory()) {
      throw new IOException("%s is not a directory; remove it".formatted(path));
    }
    if (!found.owner().equals(LocalUser.self())) {
      throw new IOException(
          "%s belongs to '%s', not to the user of this daemon"
              .formatted(path, LocalUser.name(found.owner())));
    }
    SocketDirectory directory = new SocketDirectory(path.toRealPath(), group);
    if (holdsOnly(path, names)) {
      Files.setPosixFilePermissions(path, CLOSED);
    } else if (!directory.isOpened(found)) {
      throw new IOException(
          "%s has the mode %s and holds other files; it must be %s: use a directory of its own"
              .formatted(
                  path,
                  PosixFilePermissions.toString(found.permissions()),
                  PosixFilePermissions.toString(directory.permissions())));
    }
    return directory;
  }

  private static void create(Path path) throws IOException {
    try {
      if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectories(path, PosixFilePermissions.asFileAttribute(CLOSED));
      }
    } catch (FileAlreadyExistsException e) {
      throw new IOException(e.getFile() + " is not a directory", e);
    } catch (AccessDeniedException e) {
      throw new IOException("no permission to create " + path, e);
    }
  }

  private static PosixFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean holdsOnly(Path path, Set<String> names) throws IOException {
    try (Stream<Path> entries = Files.list(path)) {
      return entries.allMatch(entry -> names.contains(String.valueOf(entry.getFileName())));
    }
  }

  private Set<PosixFilePermission> permissions() {
    return group.isPresent() ? FOR_GROUP : CLOSED;
  }

  private boolean isOpened(PosixFileAttributes found) {
    return found.permissions().equals(permissions())
        && (group.isEmpty() || group.get().equals(found.group()));
  }

  /** The directory without links. */
  Path path() {
    return path;
  }

  /** Lets the members of the group in, once the socket has its own permissions. */
  void open() throws IOException {
    if (group.isPresent()) {
      Files.getFileAttributeView(path, PosixFileAttributeView.class).setGroup(group.get());
      Files.setPosixFilePermissions(path, FOR_GROUP);
    }
  }
}
