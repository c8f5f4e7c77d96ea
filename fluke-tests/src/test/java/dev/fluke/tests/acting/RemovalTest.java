package dev.fluke.tests.acting;

import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.agent.Selector;
import dev.fluke.command.Command;
import dev.fluke.executor.CheckResult;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.manifest.Task;
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Doing;
import dev.fluke.tests.support.Pair;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** After remove(..) has returned, nothing begins on the agent; others go on. */
@Tag("rule-0")
class RemovalTest {

  @Test
  void startsNothingOnAnAgentRemovedBeforeItsThreadBegan() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      var state = web.pair("check a", "fix a").healthy();
      kit.cycle(Pair.task("a"));
      state.broken();
      int asked = web.asked().size();

      kit.reconciler().checkNow(); // it has its permit; its thread has not run yet
      kit.reconciler().remove("web-01");
      kit.runFor(Duration.ofMinutes(1));

      assertThat(web.asked()).hasSize(asked);
      assertThat(web.acted()).isEmpty();
    }
  }

  @Test
  void letsTheCommandUnderWayEndAndVerifiesNothing() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").broken().applyTakes(Duration.ofSeconds(20));
      web.pair("check b", "fix b").broken();
      kit.manifest(
          Task.named("t")
              .on(Selector.everyAgent())
              .step("a", Pair.of("a"))
              .step("b", Pair.of("b"))
              .build());
      var run = kit.reconciler().submit(ManualRun.of(Scope.all()));
      kit.runFor(Duration.ofSeconds(5));
      int asked = web.asked().size();

      kit.reconciler().remove("web-01");
      kit.runFor(Duration.ofMinutes(1));

      assertThat(run.join().task("t").on("web-01")).isCancelled();
      assertThat(run.join().task("t").on("web-01").reason())
          .isEqualTo("the agent was removed; applied before: 'a'");
      assertThat(web.acted()).containsExactly("fix a");
      assertThat(web.asked()).hasSize(asked);
    }
  }

  @Test
  void leavesTheNeighbourOnASharedAddressAlone() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost box = FakeHost.named("box");
      var a = box.pair("check a", "fix a").applyTakes(Duration.ofSeconds(10));
      box.pair("check a2", "fix a2").applyTakes(Duration.ofSeconds(10));
      box.pair("check b", "fix b").broken().applyTakes(Duration.ofSeconds(60));
      kit.agent(Agent.named("a", box).sharingAddress());
      kit.agent(Agent.named("b", box).sharingAddress());
      Task b =
          Task.named("b")
              .on(Selector.agent("b"))
              .onDrift(DriftPolicy.ALERT_ONLY)
              .step("s", Pair.of("b"))
              .build();
      kit.manifest(onlyA("a"), onlyA("a2"), b);
      a.broken();
      kit.reconciler().checkNow();
      kit.runFor(Duration.ofSeconds(2)); // a is being applied
      var run = kit.reconciler().submit(ManualRun.of(Scope.agent("b")));
      kit.runFor(Duration.ofSeconds(30)); // b goes between a and a2, and is being applied
      assertThat(box).ran("fix b").once();

      kit.reconciler().remove("a");
      kit.runFor(Duration.ofMinutes(2));

      assertThat(run.join().task("b").on("b")).isRemediated();
      assertThat(box.busiest()).isEqualTo(1);
    }
  }

  private static Task onlyA(String name) {
    return Task.named(name).on(Selector.agent("a")).step("s", Pair.of(name)).build();
  }

  @Test
  void sendsNothingFromAnApplyThatWakesLater() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      boolean[] refused = {false};
      Task hangs =
          Doing.check(host -> CheckResult.drifted("x", "a", "b"))
              .apply(
                  host -> {
                    try {
                      host.pause(Duration.ofHours(1));
                    } catch (InterruptedException e) {
                      host.pause(Duration.ofHours(5)); // ignores its interrupt
                    }
                    try {
                      host.run(Command.shell("rm -rf /srv/app"));
                    } catch (RuntimeException e) {
                      refused[0] = true;
                    }
                  })
              .task("hangs");
      kit.manifest(hangs).start().runFor(Duration.ofMinutes(2));

      kit.reconciler().remove("web-01");
      kit.runFor(Duration.ofHours(9));

      assertThat(refused[0]).isTrue();
      assertThat(web.acted()).isEmpty();
    }
  }
}
