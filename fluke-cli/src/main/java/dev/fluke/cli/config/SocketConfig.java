package dev.fluke.cli.config;

import dev.fluke.cli.socket.SocketPath;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of the Unix socket of the API.
 *
 * @param path the path of the socket
 * @param group the group whose members may connect; empty for nobody but root and this user
 * @param isRequired whether the daemon must not start without the socket
 */
public record SocketConfig(Path path, Optional<String> group, boolean isRequired) {

  static SocketConfig none(Map<String, String> environment, boolean isOnlyDoor) {
    return new SocketConfig(SocketPath.ofDaemon(environment), Optional.empty(), isOnlyDoor);
  }

  /**
   * Reads the keys {@code socket} and {@code socket_group}.
   *
   * @param isOnlyDoor whether the API can't be reached over TCP
   */
  static SocketConfig of(
      Section http, ConfigFiles files, Map<String, String> environment, boolean isOnlyDoor) {
    Optional<Path> path = http.as("socket", text -> path(text, files));
    Optional<String> group = http.text("socket_group");
    return new SocketConfig(
        path.orElse(SocketPath.ofDaemon(environment)),
        group,
        isOnlyDoor || path.isPresent() || group.isPresent());
  }

  private static Path path(String text, ConfigFiles files) {
    Path path = files.file(text);
    SocketPath.tooLong(path)
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException(
                  "http.socket is %s, which %s".formatted(path, problem));
            });
    return path;
  }
}
