package dev.fluke.cli.client;

import dev.fluke.cli.socket.LocalUser;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.Objects;

/** Explains why a command can't use a Unix socket. */
final class SocketErrors {
  private SocketErrors() {}

  static UnreachableDaemonException explain(Path socket, IOException failure) {
    try {
      PosixFileAttributes file = attributes(socket);
      if (failure instanceof ConnectException) {
        return UnreachableDaemonException.noDaemon(
            "no daemon listens at unix:%s, which one left that ended; start one with 'fluke run'"
                .formatted(socket));
      }
      if (!Files.isWritable(socket)) {
        return denied(socket, file);
      }
    } catch (NoSuchFileException e) {
      return UnreachableDaemonException.noDaemon(
          "no daemon listens at unix:%s; start one with 'fluke run', or use --server to name another"
              .formatted(socket));
    } catch (AccessDeniedException e) {
      return denied(socket);
    } catch (IOException e) {
      // the first failure says more
    }
    return new UnreachableDaemonException(
        "unix:%s did not respond: %s"
            .formatted(
                socket, Objects.requireNonNullElse(failure.getMessage(), failure.toString())));
  }

  private static UnreachableDaemonException denied(Path socket) {
    Path directory = Objects.requireNonNullElse(socket.getParent(), socket);
    try {
      return denied(socket, attributes(directory));
    } catch (IOException e) {
      return UnreachableDaemonException.denied("permission denied: unix:" + socket);
    }
  }

  /** Says who may connect: what the permissions of the socket or its directory give. */
  private static UnreachableDaemonException denied(Path socket, PosixFileAttributes file) {
    String group =
        file.permissions().contains(PosixFilePermission.GROUP_EXECUTE)
                || file.permissions().contains(PosixFilePermission.GROUP_WRITE)
            ? "and members of the group '%s'; log in again after you have joined it"
                .formatted(file.group().getName())
            : "and no group: its config has no 'http.socket_group'";
    return UnreachableDaemonException.denied(
        "permission denied: unix:%s is for %s, %s".formatted(socket, owners(file.owner()), group));
  }

  private static String owners(UserPrincipal owner) {
    return owner.equals(LocalUser.root()) ? "root" : LocalUser.name(owner) + " and root";
  }

  private static PosixFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }
}
