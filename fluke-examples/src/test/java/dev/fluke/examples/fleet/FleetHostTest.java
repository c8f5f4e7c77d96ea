package dev.fluke.examples.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.ssh.Ssh;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FleetHostTest {

  @Test
  void isReachedWithItsKeyAndKnownHosts() {
    FleetHost host = new FleetHost("web-01", Role.WEB, "10.0.0.2", 2222, Path.of("/state"));

    assertThat(host.ssh())
        .isEqualTo(
            Ssh.to("10.0.0.2")
                .port(2222)
                .user("root")
                .key(Path.of("/state/id"))
                .knownHosts(Path.of("/state/known_hosts")));
  }
}
