package dev.fluke.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.cli.client.UnreachableDaemonException.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the permissions of a socket say is tested with real users in SocketCommandsTest. */
class SocketErrorsTest {
  @TempDir Path dir;

  private static void explains(Path socket, IOException failure, Reason reason, String message) {
    UnreachableDaemonException explained = SocketErrors.explain(socket, failure);
    assertThat(explained.reason()).isEqualTo(reason);
    assertThat(explained).hasMessageStartingWith(message);
  }

  @Test
  void tellsWhyNobodyListens() throws Exception {
    Path none = dir.resolve("none");
    explains(
        none,
        new SocketException("No such file"),
        Reason.NO_DAEMON,
        "no daemon listens at unix:" + none + "; start one with 'fluke run'");
    Path left = Files.createFile(dir.resolve("left"));
    explains(
        left,
        new ConnectException("refused"),
        Reason.NO_DAEMON,
        "no daemon listens at unix:" + left + ", which one left that ended; start one");
  }

  @Test
  void repeatsWhatItDoesNotKnow() throws Exception {
    Path socket = Files.createFile(dir.resolve("socket"));
    explains(
        socket,
        new IOException("reset by peer"),
        Reason.OTHER,
        "unix:" + socket + " did not respond: reset by peer");
    explains(
        socket,
        new IOException(),
        Reason.OTHER,
        "unix:" + socket + " did not respond: java.io.IOException");
  }
}
