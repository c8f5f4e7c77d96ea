package dev.fluke.systemd;

import static dev.fluke.agent.Selector.everyAgent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.hosts.RealHost;
import dev.fluke.hosts.SystemdHosts;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.report.CycleReport;
import dev.fluke.report.Outcome;
import dev.fluke.request.Scope;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A host that reboots in the middle of an apply. */
@Tag("slow")
class RebootTest {
  private static final String ENDLESS =
      "[Service]\nType=notify\nTimeoutStartSec=300\nExecStart=sleep infinity";

  @RegisterExtension static final SystemdHosts hosts = new SystemdHosts();

  @Tag("rule-16")
  @Tag("rule-19")
  @Test
  void letsTheNextChecksDecideAfterARebootDuringAnApply() throws Exception {
    RealHost host = hosts.host(5);
    host.unit("first.service", ENDLESS).unit("second.service", ENDLESS);
    host.sh("systemctl daemon-reload");
    String before = host.boot();
    Task[] tasks = {task("first"), task("second")};
    try (Reconciler reconciler =
        Reconciler.builder()
            .agent(Agent.named("a", host.as("root")))
            .manifest(Manifest.of(tasks))
            .build()) {
      CompletableFuture<CycleReport> cycle = CompletableFuture.supplyAsync(reconciler::cycle);
      host.until("systemctl show -p ActiveState first.service | grep -q activating");
      host.sh("cd /usr/lib/systemd/system; sed -i s/notify/exec/ first.service second.service");
      host.sh(
          "pkill -STOP -fx 'systemctl start first.service'"); // which might still tell of its end
      host.sh("systemd-run -q --on-active=100ms systemctl reboot --force --force");
      CycleReport cut = cycle.get();

      assertThat(cut.task("first").on("a").outcome())
          .as("%s", cut.task("first").on("a").steps())
          .isEqualTo(Outcome.UNKNOWN);
      assertThat(cut.task("first").on("a").steps().get(0).message())
          .startsWith("the end of the apply is not known: the connection was cut");
      assertThat(cut.task("second").on("a").outcome()).isEqualTo(Outcome.SKIPPED);

      host.until("test $(cut -d' ' -f22 /proc/1/stat) != " + before);
      assertThat(host.tried("systemctl is-active first.service").stdout()).isEqualTo("inactive\n");
      CycleReport byHand = reconciler.reconcile(Scope.all());
      assertThat(byHand.task("first").on("a").outcome()).isEqualTo(Outcome.REMEDIATED);
      assertThat(byHand.task("second").on("a").outcome()).isEqualTo(Outcome.REMEDIATED);
    }
  }

  private static Task task(String name) {
    return Task.named(name)
        .on(everyAgent())
        .step("unit", Systemd.unit(name + ".service").enabledUnmanaged())
        .build();
  }
}
