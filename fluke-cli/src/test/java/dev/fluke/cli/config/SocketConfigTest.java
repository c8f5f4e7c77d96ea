package dev.fluke.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.cli.socket.SocketPath;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SocketConfigTest {
  private static SocketConfig read(SectionFixture fixture, boolean isOnlyDoor) {
    return SocketConfig.of(fixture.root(), SectionFixture.files(), Map.of(), isOnlyDoor);
  }

  @Test
  void readsPathAndGroup() {
    SectionFixture fixture = SectionFixture.of("{ socket: run/a.sock, socket_group: ops }\n");

    assertThat(read(fixture, false))
        .isEqualTo(new SocketConfig(Path.of("/etc/fluke/run/a.sock"), Optional.of("ops"), true));
    assertThat(fixture.problems()).isEmpty();
  }

  @Test
  void requiresTheDefaultSocketOnlyIfThereIsNoOtherDoor() {
    Path usual = SocketPath.ofDaemon(Map.of());

    assertThat(read(SectionFixture.of("{ a: b }\n"), true))
        .isEqualTo(new SocketConfig(usual, Optional.empty(), true));
    assertThat(read(SectionFixture.of("{ a: b }\n"), false))
        .isEqualTo(new SocketConfig(usual, Optional.empty(), false));
  }

  @Test
  void rejectsAPathThatNoSocketCanHave() {
    String longest = "/" + "s".repeat(106);
    SectionFixture fits = SectionFixture.of("{ socket: " + longest + " }\n");
    assertThat(read(fits, true).path()).hasToString(longest);
    assertThat(fits.problems()).isEmpty();

    SectionFixture tooLong = SectionFixture.of("{ socket: " + longest + "ü }\n");
    read(tooLong, true);
    assertThat(tooLong.problems())
        .containsExactly(
            "f.yaml:1:11: 'socket': http.socket is %sü, which has 109 bytes, and a Unix socket allows at most 107; use a shorter path"
                .formatted(longest));
  }
}
