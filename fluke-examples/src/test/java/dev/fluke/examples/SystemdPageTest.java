package dev.fluke.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.systemd.Systemd;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The sample of the page on units. */
class SystemdPageTest {
  private static List<Systemd> declared() {
    return List.of(
        // tag::systemd
        Systemd.unit("nginx.service"), // running and enabled
        Systemd.unit("telnet.socket").stopped().disabled(),
        Systemd.unit("worker@2.service").enabledUnmanaged(),
        Systemd.unit("cups.service").masked(),
        Systemd.unit("sync.timer").ofUser("app") // systemctl --user
        // end::systemd
        );
  }

  @Test
  void matchesThePage() {
    assertThat(declared())
        .extracting(Systemd::toString)
        .containsExactly(
            "nginx.service: state running, enabled true",
            "telnet.socket: state stopped, enabled false",
            "worker@2.service: state running, enabled unmanaged",
            "cups.service: state masked, enabled unmanaged",
            "sync.timer of app: state running, enabled true");
  }
}
