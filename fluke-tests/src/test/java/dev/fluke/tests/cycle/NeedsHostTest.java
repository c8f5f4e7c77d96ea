package dev.fluke.tests.cycle;

import static dev.fluke.agent.Selector.everyAgent;
import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.executor.CheckResult;
import dev.fluke.executor.Executor;
import dev.fluke.executor.Host;
import dev.fluke.file.ManagedFile;
import dev.fluke.manifest.Task;
import dev.fluke.mise.Mise;
import dev.fluke.shell.Shell;
import dev.fluke.systemd.Systemd;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Pair;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A task that needs a host leaves out agents without one, and says so. */
@Tag("rule-9")
class NeedsHostTest {

  /** Works on something else than a host. */
  private record Api() implements Executor {
    @Override
    public CheckResult check(Host host) {
      return CheckResult.inSync();
    }

    @Override
    public void apply(Host host) {}
  }

  @Test
  void leavesOutAgentWithoutHostAndNamesItInStatus() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.agent("web-01", Map.of()).pair("check a", "fix a").broken();
      kit.agent(Agent.named("api"));
      kit.manifest(
          Pair.task("a"), Task.named("both").on(everyAgent()).step("s", new Api()).build());

      kit.start().runFor(Duration.ofMinutes(10));

      assertThat(kit.reconciler().status().agent("web-01").tasks()).hasSize(2);
      assertThat(kit.reconciler().status().agent("api").tasks())
          .extracting(task -> task.task())
          .containsExactly("both");
      assertThat(kit.reconciler().status().warnings())
          .containsExactly(
              "task 'a': its steps need a host; it leaves out agents without a transport: 'api'");
      assertThat(kit.alerts()).isEmpty();
      var report = kit.cycle();
      assertThat(report.task("a").reports()).hasSize(1);
      assertThat(report.succeeded()).isTrue();
    }
  }

  @Test
  void countsBuiltInExecutorsAsNeedingAHost() {
    assertThat(Shell.check("true").command("true").needsHost()).isTrue();
    assertThat(Systemd.unit("nginx.service").needsHost()).isTrue();
    assertThat(Mise.in("/opt").needsHost()).isTrue();
    assertThat(ManagedFile.at("/etc/motd").content("x").needsHost()).isTrue();
    assertThat(Pair.of("a").needsHost()).isTrue();
    assertThat(new Api().needsHost()).isFalse();
  }
}
