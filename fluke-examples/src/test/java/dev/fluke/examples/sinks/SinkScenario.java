package dev.fluke.examples.sinks;

import static dev.fluke.agent.Selector.everyAgent;
import static dev.fluke.manifest.DriftPolicy.ALERT_ONLY;

import dev.fluke.alert.AlertSink;
import dev.fluke.command.CommandResult;
import dev.fluke.examples.motd.Motd;
import dev.fluke.manifest.Task;
import dev.fluke.report.FleetStatus.SinkStatus;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import java.time.Duration;
import java.util.Map;

/** A host drifts for one minute, so that a sink gets an alert and its end. */
final class SinkScenario {
  private static final String READ = "test ! -e \"$FILE\" || cat \"$FILE\"";

  private SinkScenario() {}

  /**
   * Runs the scenario on a host that prints this text; the alert of the end comes 10 minutes later.
   */
  static SinkStatus run(AlertSink sink, String printed) {
    Task motd =
        Task.named("motd")
            .on(everyAgent())
            .onDrift(ALERT_ONLY)
            .step("text", new Motd("/etc/motd", "hello"))
            .build();
    try (FlukeKit kit = FlukeKit.create()) {
      kit.configure(builder -> builder.alerts(sink));
      FakeHost web = kit.agent("web-01", Map.of("role", "web"));
      web.answer(READ, CommandResult.exited(0).withStdout(printed));
      kit.cycle(motd);
      kit.runFor(Duration.ofMinutes(1));
      web.answer(READ, CommandResult.exited(0).withStdout("hello"));
      kit.cycle();
      kit.runFor(Duration.ofMinutes(10));
      return kit.reconciler().status().sinks().get(1);
    }
  }
}
