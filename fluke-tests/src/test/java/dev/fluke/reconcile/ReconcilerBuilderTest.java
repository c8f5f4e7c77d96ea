package dev.fluke.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.agent.Agent;
import dev.fluke.manifest.Manifest;
import dev.fluke.report.FleetStatus;
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Pair;
import dev.fluke.transport.Local;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Options of the builder: what is wrong is said at once, what is right is used. */
class ReconcilerBuilderTest {

  @Test
  void everythingThatIsWrongIsSaidAtOnce() {
    ReconcilerBuilder builder =
        Reconciler.builder()
            .agent(Agent.named("a"))
            .agents(List::of)
            .pollInterval(Duration.ZERO)
            .checkLimit(Duration.ofSeconds(-1))
            .applyLimit(Duration.ZERO)
            .closeGrace(Duration.ofSeconds(-1))
            .connectingAtOnce(0)
            .checkingAtOnce(0)
            .applyingAtOnce(-1);

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "reconciler: no manifest; call manifest(..) or source(..); agents are both named and"
                + " supplied; do one of the two; poll interval is PT0S, must be more than zero;"
                + " check limit is PT-1S, must be more than zero; apply limit is PT0S, must be more"
                + " than zero; close grace is PT-1S, must not be negative; connecting at once is 0,"
                + " must be at least 1; checking at once is 0, must be at least 1; applying at once"
                + " is -1, must be at least 1");
  }

  @Test
  void limitsThatAreSetAreKept() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.configure(
          builder ->
              builder
                  .checkLimit(Duration.ofSeconds(3))
                  .applyLimit(Duration.ofSeconds(5))
                  .connectingAtOnce(1)
                  .checkingAtOnce(1)
                  .applyingAtOnce(1));
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check slow", "fix slow").broken().checkTakes(Duration.ofSeconds(4));
      web.pair("check long", "fix long").broken().applyTakes(Duration.ofSeconds(6));

      var report = kit.cycle(Pair.task("slow"), Pair.task("long"));

      dev.fluke.testkit.FlukeAssertions.assertThat(report.task("slow").on("web-01")).isUnknown();
      dev.fluke.testkit.FlukeAssertions.assertThat(report.task("long").on("web-01")).isFailed();
    }
  }

  @Test
  void threadsComeFromTheFactoryAndAreGoneAfterTheEnd() throws Exception {
    List<Thread> made = new CopyOnWriteArrayList<>();
    Reconciler reconciler =
        Reconciler.builder()
            .agent(Agent.named("here", Local.machine()))
            .manifest(() -> Manifest.of(Pair.task("true")))
            .threads(
                work -> {
                  Thread thread = new Thread(work, "ours");
                  thread.setDaemon(true);
                  made.add(thread);
                  return thread;
                })
            .build();
    reconciler.cycle();
    reconciler.close();

    assertThat(made).isNotEmpty();
    for (Thread thread : made) {
      thread.join(10_000);
      assertThat(thread.isAlive()).isFalse();
    }
  }

  @Test
  void anAgentOrTaskThatIsNotInTheStatusIsSaid() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.agent("web-01", Map.of()).pair("check a", "fix a").healthy();
      kit.agent("web-02", Map.of()).pair("check a", "fix a").healthy();
      assertThat(kit.manifest(Pair.task("a")).reconciler().status().agent("web-01").state())
          .isEqualTo(FleetStatus.AgentState.NEW);
      kit.cycle(Pair.task("a"), Pair.task("b"));
      FleetStatus status = kit.reconciler().status();

      assertThat(status.agent("web-02").name()).isEqualTo("web-02");
      assertThat(status.agent("web-01").state()).isEqualTo(FleetStatus.AgentState.REACHABLE);
      assertThat(status.agent("web-01").task("b").task()).isEqualTo("b");
      assertThatThrownBy(() -> status.agent("web-03")).hasMessage("no agent 'web-03'");
      assertThatThrownBy(() -> status.agent("web-01").task("c"))
          .hasMessage("no task 'c' on web-01");
    }
  }

  @Test
  void afterTheEndEveryCallSaysSoAndTheStatusStillWorks() {
    FlukeKit kit = FlukeKit.create();
    kit.agent("web-01", Map.of()).pair("check a", "fix a").healthy();
    kit.cycle(Pair.task("a"));
    Reconciler reconciler = kit.reconciler();
    reconciler.close();
    List<Runnable> calls = new ArrayList<>();
    calls.add(reconciler::start);
    calls.add(reconciler::cycle);
    calls.add(reconciler::checkNow);
    calls.add(reconciler::pollNow);
    calls.add(() -> reconciler.plan(Scope.all()));
    calls.add(() -> reconciler.reconcile(Scope.all()));
    calls.add(() -> assertThat(reconciler.submit(ManualRun.of(Scope.all()))).isNull());
    calls.add(() -> reconciler.subscribe(event -> {}));
    calls.add(() -> reconciler.put(Agent.named("x")));
    calls.add(() -> reconciler.remove("web-01"));
    calls.add(() -> reconciler.replaceAll(List.of()));

    for (Runnable call : calls) {
      assertThatThrownBy(call::run)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the reconciler is closed");
    }
    reconciler.close();
    reconciler.awaitClose();
    assertThat(reconciler.status().agents()).hasSize(1);
    kit.close();
  }
}
