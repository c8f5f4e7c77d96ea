package dev.fluke.examples;

import static dev.fluke.agent.Selector.everyAgent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.alert.Alert;
import dev.fluke.alert.AlertSink;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.manifest.Task;
import dev.fluke.systemd.Systemd;
import dev.fluke.testkit.Faulty;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.testkit.TransportContract;
import dev.fluke.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The samples of the page on testing. */
class TestingPageTest {
  private final String id = "0123456789ab";

  // tag::transportContract
  class MyTransportTest extends TransportContract {
    @Override
    protected Transport transport() {
      return Transport.throughShell("docker", "exec", "-i", id, "/bin/sh");
    }
  }

  // end::transportContract

  @Test
  void namesTheContainerOfTheContract() {
    assertThat(new MyTransportTest().transport().address()).contains(id);
  }

  @Test
  void sendsTheAlertOnceTheSinkIsBack() {
    Task nginx =
        Task.named("nginx")
            .on(everyAgent())
            .onDrift(DriftPolicy.REMEDIATE_AND_ALERT)
            .step("service", Systemd.unit("nginx.service"))
            .build();
    List<Alert> received = new ArrayList<>();
    try (FlukeKit kit = FlukeKit.create()) {
      kit.agent("web-01", Map.of()).unit("nginx.service").stopped();

      // tag::faulty
      Faulty<AlertSink> sink = Faulty.sink(received::add, kit.time()).hangs();
      kit.configure(builder -> builder.alerts(sink.get()));
      kit.cycle(nginx); // goes on, whatever the sink does
      kit.runFor(Duration.ofMinutes(5));
      assertThat(received).isEmpty();

      sink.works();
      kit.runFor(Duration.ofMinutes(10));
      assertThat(received).isNotEmpty();
      // end::faulty
    }
  }
}
