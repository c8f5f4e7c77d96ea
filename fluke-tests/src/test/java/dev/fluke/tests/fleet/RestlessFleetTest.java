package dev.fluke.tests.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.report.CycleReport;
import dev.fluke.report.TaskReport;
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Pair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Agents that come, go and change all the time, while the loop works on them. */
@Tag("L03")
@Tag("rule-9")
@Tag("rule-19")
class RestlessFleetTest {
  private static final int AGENTS = 20;

  private final Random chance = new Random(3);
  private final List<FakeHost> hosts = new ArrayList<>();

  private Agent agent(int number) {
    FakeHost host = FakeHost.named("web-" + number);
    host.pair("check a", "fix a").broken();
    host.takes("check a", Duration.ofMillis(chance.nextInt(300)));
    host.takes("fix a", Duration.ofMillis(chance.nextInt(300)));
    hosts.add(host);
    return Agent.named("web-" + number, host).label("turn", "" + chance.nextInt(3));
  }

  @Test
  void givesOneOutcomeEachAfterThousandChanges() throws Exception {
    List<CompletableFuture<CycleReport>> asked = new ArrayList<>();
    try (FlukeKit kit = FlukeKit.create(7)) {
      for (int i = 0; i < AGENTS; i++) {
        kit.agent(agent(i));
      }
      kit.manifest(Pair.task("a")).start();
      for (int i = 0; i < 1_000; i++) {
        change(kit.reconciler());
        if (i % 10 == 0) {
          asked.add(kit.reconciler().submit(ManualRun.of(Scope.all())));
        }
        kit.runFor(Duration.ofMillis(chance.nextInt(400)));
      }
      kit.runFor(Duration.ofMinutes(2));

      for (CompletableFuture<CycleReport> report : asked) {
        assertThat(report).isCompleted();
        assertThat(report.get().tasks())
            .extracting(TaskReport::agent)
            .doesNotHaveDuplicates(); // one task, so one report for each agent
      }
      assertThat(asked.stream().mapToInt(report -> report.join().tasks().size()).sum())
          .isGreaterThan(500);
      int managed = kit.reconciler().status().agents().size();
      assertThat(hosts.stream().mapToInt(FakeHost::openConnections).sum())
          .as("connections of %s agents, of %s that there were", managed, hosts.size())
          .isLessThanOrEqualTo(managed);
    }
    assertThat(hosts).extracting(FakeHost::openConnections).containsOnly(0);
    assertThat(hosts).extracting(FakeHost::busiest).allMatch(busiest -> busiest <= 1);
  }

  private void change(Reconciler reconciler) {
    String name = "web-" + chance.nextInt(AGENTS);
    boolean known =
        reconciler.status().agents().stream().anyMatch(agent -> agent.name().equals(name));
    if (known && chance.nextBoolean()) {
      reconciler.remove(name);
    } else {
      reconciler.put(agent(Integer.parseInt(name.substring(4))));
    }
  }

  @Tag("L04")
  @Test
  void startsRenamedAgentWithoutMemory() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost host = kit.agent("old", Map.of());
      host.pair("check a", "fix a").healthy();
      kit.cycle(Pair.task("a"));

      kit.reconciler().replaceAll(List.of(Agent.named("new", host)));
      kit.cycle();

      assertThat(kit.reconciler().events("old", 100))
          .allMatch(event -> event.agent().orElse("").equals("old"));
      assertThat(kit.reconciler().events("new", 100))
          .isNotEmpty()
          .allMatch(event -> event.agent().orElse("").equals("new"));
      assertThat(kit.reconciler().status().agents()).extracting(a -> a.name()).containsOnly("new");
    }
  }
}
