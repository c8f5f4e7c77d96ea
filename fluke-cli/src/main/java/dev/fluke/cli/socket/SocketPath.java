package dev.fluke.cli.socket;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the socket of a daemon is, unless its config names another place. */
public final class SocketPath {
  private static final int MAX_BYTES = 107;
  private static final Path OF_ROOT = Path.of("/run/fluke/fluke.sock");

  private SocketPath() {}

  /**
   * The place for a daemon of this user: {@code /run/fluke/fluke.sock} for root, else {@code
   * $XDG_RUNTIME_DIR/fluke/fluke.sock}, else {@code ~/.local/state/fluke/fluke.sock}.
   */
  public static Path ofDaemon(Map<String, String> environment) {
    return ofCommand(environment).get(0);
  }

  /**
   * The places where a command of this user finds a daemon. The user's own come first; that of root
   * is the last, for members of its group.
   */
  public static List<Path> ofCommand(Map<String, String> environment) {
    return places(environment, LocalUser.self().equals(LocalUser.root()));
  }

  static List<Path> places(Map<String, String> environment, boolean isRoot) {
    List<Path> places = new ArrayList<>();
    if (!isRoot) {
      runtimeDirectory(environment).map(SocketPath::below).ifPresent(places::add);
      absolute(environment.getOrDefault("HOME", System.getProperty("user.home", "")))
          .map(home -> below(home.resolve(".local/state")))
          .ifPresent(places::add);
    }
    places.add(OF_ROOT);
    return places;
  }

  /** Whether this is the place of a daemon of root. */
  public static boolean isOfRoot(Path path) {
    return path.equals(OF_ROOT);
  }

  /** The directory of this login. One of another user, as {@code su} leaves it, does not count. */
  private static Optional<Path> runtimeDirectory(Map<String, String> environment) {
    return absolute(environment.getOrDefault("XDG_RUNTIME_DIR", ""))
        .filter(
            directory -> {
              try {
                return Files.isDirectory(directory)
                    && Files.getOwner(directory).equals(LocalUser.self());
              } catch (IOException e) {
                return false;
              }
            });
  }

  private static Optional<Path> absolute(String directory) {
    return Optional.of(directory).filter(text -> text.startsWith("/")).map(Path::of);
  }

  private static Path below(Path directory) {
    return directory.resolve("fluke/fluke.sock");
  }

  /** What is wrong with the length of a path to a socket; empty if it is right. */
  public static Optional<String> tooLong(Path path) {
    int bytes = path.toString().getBytes(StandardCharsets.UTF_8).length;
    return bytes <= MAX_BYTES
        ? Optional.empty()
        : Optional.of(
            "has %s bytes, and a Unix socket allows at most %s; use a shorter path"
                .formatted(bytes, MAX_BYTES));
  }
}
