package dev.fluke.cli.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketPathTest {
  private static final Path OF_ROOT = Path.of("/run/fluke/fluke.sock");

  @TempDir Path dir;
  private Path runtime;

  @BeforeEach
  void login() throws Exception {
    runtime = Files.createDirectory(dir.resolve("run"));
  }

  private Map<String, String> environment(String directory) {
    return Map.of("XDG_RUNTIME_DIR", directory, "HOME", "/home/ann");
  }

  @Test
  void hasOnePlaceForRoot() {
    assertThat(SocketPath.places(environment(runtime + ""), true)).containsExactly(OF_ROOT);
  }

  @Test
  void looksForADaemonOfTheUserFirst() {
    assertThat(SocketPath.places(environment(runtime + ""), false))
        .containsExactly(
            runtime.resolve("fluke/fluke.sock"),
            Path.of("/home/ann/.local/state/fluke/fluke.sock"),
            OF_ROOT);
  }

  @Test
  void ignoresARuntimeDirectoryOfNobodyAndOfAnotherUser() throws Exception {
    Path state = Path.of("/home/ann/.local/state/fluke/fluke.sock");
    for (String directory : new String[] {"", "run", dir.resolve("none") + ""}) {
      assertThat(SocketPath.places(environment(directory), false)).startsWith(state);
    }
    Files.setAttribute(runtime, "unix:uid", AnotherUser.STRANGER.number());
    assertThat(SocketPath.places(environment(runtime + ""), false)).startsWith(state);
  }

  @Test
  void usesTheHomeOfJavaWithoutAHome() {
    assertThat(SocketPath.places(Map.of(), false).get(0))
        .isEqualTo(Path.of(System.getProperty("user.home"), ".local/state/fluke/fluke.sock"));
    assertThat(SocketPath.places(Map.of("HOME", "relative"), false)).containsExactly(OF_ROOT);
  }

  @Test
  void countsBytes() {
    assertThat(SocketPath.tooLong(Path.of("/" + "ü".repeat(53)))).isEmpty();
    assertThat(SocketPath.tooLong(Path.of("/x" + "ü".repeat(53))).orElseThrow())
        .startsWith("has 108 bytes");
  }
}
