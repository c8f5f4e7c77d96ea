package dev.fluke.tests.acting;

import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.agent.Selector;
import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.executor.CheckResult;
import dev.fluke.executor.HostException;
import dev.fluke.guard.Decision;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.reconcile.ReconcilerBuilder;
import dev.fluke.report.CycleReport;
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.testkit.VirtualTime;
import dev.fluke.tests.support.Doing;
import dev.fluke.tests.support.Pair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is asked before, during and after an apply. */
@Tag("rule-0")
class ActingOrderTest {

  @Test
  @Tag("rule-16")
  @Tag("X05")
  void appliesNothingThatAnotherHealedMeanwhile() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").broken();
      var b = web.pair("check b", "fix b").broken();
      web.answer(
          "fix a",
          command -> {
            b.healthy(); // the first apply also fixes what the second task declares
            web.answer("check a", 0);
            return CommandResult.exited(0);
          });

      CycleReport report = kit.cycle(Pair.task("a"), Pair.task("b"));

      assertThat(report.task("a").on("web-01")).isRemediated();
      assertThat(report.task("b").on("web-01")).isInSync();
      assertThat(web.acted()).containsExactly("fix a");
    }
  }

  @Test
  void refusesFurtherCommandsAfterALostEnd() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.answer("check t", 1).losesConnectionAt("fix t");
      web.pair("check u", "fix u").broken();
      Task stubborn =
          Doing.check(
                  host ->
                      host.run(Command.shell("check t")).succeeded()
                          ? CheckResult.inSync()
                          : CheckResult.drifted("t", "a", "b"))
              .apply(
                  host -> {
                    for (int i = 0; i < 3; i++) {
                      try {
                        host.run(Command.shell("fix t"));
                        return;
                      } catch (HostException again) {
                        // and sends it again
                      }
                    }
                  })
              .task("t");

      CycleReport report = kit.cycle(stubborn, Pair.task("u"));

      assertThat(web.acted()).containsExactly("fix t");
      assertThat(report.task("t").on("web-01")).isUnknown();
      assertThat(report.task("u").on("web-01")).isSkipped();
    }
  }

  @Test
  void endsAnApplyBeforeANewConnectionIsUsed() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = FakeHost.named("web");
      web.pair("check a", "fix a").broken().applyTakes(Duration.ofSeconds(20));
      web.pair("check b", "fix b").broken();
      Agent agent = Agent.named("web-01", web);
      kit.agent(agent);
      kit.manifest(Pair.task("a"), Pair.task("b"));
      var run = kit.reconciler().submit(ManualRun.of(Scope.all()));
      kit.runFor(Duration.ofSeconds(5));

      kit.agent(agent.defaultShell("/bin/sh"));
      kit.runFor(Duration.ofMinutes(1));

      assertThat(run.join().task("a").on("web-01")).isRemediated();
      assertThat(run.join().task("b").on("web-01")).isSkipped();
      assertThat(run.join().task("b").on("web-01").reason())
          .isEqualTo("superseded: the agent is reached in another way now");
      kit.cycle();
      assertThat(web.openConnections()).isEqualTo(1);
      assertThat(web.acted()).containsExactly("fix a", "fix b");
    }
  }

  @Test
  void letsAGuardOfTheApplicationHoldATask() {
    boolean[] frozen = {true};
    try (FlukeKit kit =
        FlukeKit.create()
            .configure(
                builder ->
                    builder.guard(
                        input ->
                            frozen[0]
                                ? Decision.leaveAlone("freeze", "release freeze")
                                : Decision.apply()))) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").broken();

      CycleReport report = kit.cycle(Pair.task("a"));

      assertThat(report.task("a").on("web-01")).isDrifted();
      assertThat(report.task("a").on("web-01").reason()).startsWith("release freeze; ");
      assertThat(kit.events()).anyMatch(event -> event.toString().contains("held"));
      assertThat(kit.reconciler().reconcile(Scope.all()).task("a").on("web-01").reason())
          .isEqualTo("bypassed guard 'freeze'");
      frozen[0] = false;
      web.pair("check a", "fix a").broken();
      assertThat(kit.cycle().task("a").on("web-01")).isRemediated();
    }
  }

  @Test
  void runsCallbacksOfACallerApartFromTheLane() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").healthy();
      kit.manifest(Pair.task("a"));
      Reconciler reconciler = kit.reconciler();
      List<String> seen = new ArrayList<>();
      ManualRun run = ManualRun.of(Scope.agent("web-01"));

      CompletableFuture<Void> chain =
          reconciler
              .submit(run)
              .thenAccept(report -> seen.add(reconciler.reconcile(run).succeeded() + ""));
      kit.runFor(Duration.ofMinutes(1));

      assertThat(chain).isCompleted();
      assertThat(seen).containsExactly("true");
    }
  }

  @Test
  @Tag("rule-21")
  void pacesLoginsWithoutCountingTheWait() {
    VirtualTime time = VirtualTime.seeded(1);
    ReconcilerBuilder builder =
        Reconciler.builder()
            .scheduler(time)
            .loginsPerSecond(1)
            .manifest(Manifest.of(Pair.task("a")));
    List<FakeHost> hosts = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      FakeHost host = FakeHost.named("h" + i);
      host.answer("check a", 0);
      hosts.add(host);
      builder.agent(Agent.named("a" + i, host));
    }
    Reconciler reconciler = builder.build();
    reconciler.start();

    time.runFor(Duration.ofMinutes(5).plusSeconds(10));

    assertThat(hosts).allSatisfy(host -> assertThat(host.asked()).isNotEmpty());
    assertThat(hosts).allSatisfy(host -> assertThat(host.connectionsTried()).isEqualTo(1));
    reconciler.close();
  }

  @Test
  void alertsOnceForWhatAnotherHealedUnderTheLock() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      int[] asked = {0};
      web.answer("check a", command -> CommandResult.exited(asked[0]++ == 0 ? 1 : 0));
      Task task =
          Task.named("a")
              .on(Selector.everyAgent())
              .onDrift(DriftPolicy.REMEDIATE_AND_ALERT)
              .step("step", Pair.of("a"))
              .build();

      assertThat(kit.cycle(task).task("a").on("web-01")).isInSync();

      assertThat(web.acted()).isEmpty();
      assertThat(kit.alerts()).isEmpty();
    }
  }
}
