package dev.fluke.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.time.Scheduler;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostCapabilitiesTest {
  private static final Target TARGET = Target.of("web-01", Scheduler.system());

  @Test
  void readsAllThatAHostMayHave() throws Exception {
    assertThat(HostCapabilities.read("0 root 1 1 1 1 77", TARGET))
        .isEqualTo(
            new HostCapabilities(
                true,
                "root",
                true,
                true,
                "77",
                List.of("/bin/sh", "/bin/bash", "timeout", "flock", "setsid")));
  }

  @Test
  void readsAHostThatHasNothingButAShell() throws Exception {
    HostCapabilities bare = HostCapabilities.read("1000 deploy 0 0 0 0 78", TARGET);

    assertThat(bare)
        .isEqualTo(new HostCapabilities(false, "deploy", false, false, "78", List.of("/bin/sh")));
    assertThat(bare.at("79").process()).isEqualTo("79");
  }

  @Test
  void namesADefaultShellOnce() throws Exception {
    assertThat(HostCapabilities.read("0 root 0 0 1 0 7", TARGET.defaultShell("/bin/sh")).names())
        .containsExactly("/bin/sh");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0 root 1 1 1 77", "0 a user 1 1 1 1 77"})
  void refusesAnotherNumberOfAnswers(String found) {
    assertThatThrownBy(() -> HostCapabilities.read(found, TARGET))
        .isInstanceOf(UnreachableException.class)
        .hasMessage("the shell answers strangely: " + found);
  }
}
