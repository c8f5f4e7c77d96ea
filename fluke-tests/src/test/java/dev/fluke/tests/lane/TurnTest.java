package dev.fluke.tests.lane;

import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Command;
import dev.fluke.executor.CheckResult;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.report.CycleReport;
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Doing;
import dev.fluke.tests.support.Later;
import dev.fluke.tests.support.Pair;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** When a task's turn comes: what keeps it from being applied, and what does not. */
@Tag("rule-13")
class TurnTest {

  @Tag("rule-19")
  @Test
  void leavesDriftForNextCycleWhenConnectionIsLost() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").broken();
      web.pair("check b", "fix b").broken();
      web.losesConnectionBefore("check b").losesConnectionAt("check b"); // and once more

      CycleReport report = kit.cycle(Pair.task("a"), Pair.task("b"));

      assertThat(report.task("a").on("web-01")).isSkipped();
      assertThat(report.task("a").on("web-01").reason())
          .isEqualTo("the connection was lost before its turn");
      assertThat(report.task("b").on("web-01")).isUnreachable();
      assertThat(web.acted()).isEmpty();
      kit.runFor(Duration.ofMinutes(1));
      assertThat(kit.cycle().succeeded()).isTrue();
    }
  }

  @Test
  void cancelsRepeatedCheckWhenAgentIsRemoved() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").broken().checkTakes(Duration.ofSeconds(3));
      Doing slow =
          Doing.check(
              host -> {
                host.pause(Duration.ofSeconds(40));
                return CheckResult.inSync();
              });
      kit.manifest(Pair.task("a"), slow.task("slow"));
      var run = kit.reconciler().submit(ManualRun.of(Scope.all()));
      kit.runFor(Duration.ofSeconds(44)); // 3 s, 40 s, and in the 3 s of the second look
      assertThat(web).asked("check a").times(2);

      kit.reconciler().remove("web-01");
      kit.runFor(Duration.ofSeconds(1));

      assertThat(run.join().tasks())
          .hasSize(2)
          .allSatisfy(
              task -> {
                assertThat(task).isCancelled();
                assertThat(task.reason()).isEqualTo("the agent was removed");
              });
      assertThat(web.acted()).isEmpty();
    }
  }

  @Tag("rule-21")
  @Test
  void failsApplyOnHostThatIsDown() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.unreachable("powered off");
      Doing wants =
          Doing.check(host -> CheckResult.drifted("x", "1", "0"))
              .apply(host -> host.run(Command.shell("fix a")));

      assertThat(kit.cycle(wants.task("a")).task("a").on("web-01"))
          .isFailed()
          .hasReasonContaining("powered off");
    }
  }

  @Tag("rule-23")
  @Test
  void reportsFailureAndBypassedGuardsOfManualRun() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.agent("web-01", Map.of()).pair("check a", "fix a").broken().applyFails(4);
      kit.manifest(Pair.builder("a").onDrift(DriftPolicy.ALERT_ONLY).build());

      CycleReport report = kit.reconciler().reconcile(Scope.all());

      assertThat(report.task("a").on("web-01"))
          .isFailed()
          .hasReasonContaining("step 'step': ")
          .hasReasonContaining("exit status 4; bypassed the drift policy alert_only");
    }
  }

  @Tag("rule-21")
  @Test
  void endsCycleInSyncDuringAppliesOfOthers() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.configure(builder -> builder.applyingAtOnce(1));
      kit.agent("a-busy", Map.of())
          .pair("check a", "fix a")
          .broken()
          .applyTakes(Duration.ofMinutes(5));
      FakeHost held = kit.agent("held", Map.of());
      held.pair("check a", "fix a").checkAnswers(75);
      kit.agent("web-01", Map.of()).pair("check a", "fix a").healthy();
      kit.manifest(Pair.task("a"));
      var busy = kit.reconciler().submit(ManualRun.of(Scope.agent("a-busy")));
      kit.runFor(Duration.ofSeconds(1));

      var inSync = kit.reconciler().submit(ManualRun.of(Scope.agent("web-01")));
      var unknown = kit.reconciler().submit(ManualRun.of(Scope.agent("held")).force());
      var plan = Later.call(kit, () -> kit.reconciler().plan(Scope.agent("web-01")));
      kit.runFor(Duration.ofSeconds(1));

      assertThat(inSync.join().succeeded()).isTrue();
      assertThat(unknown.join().task("a").on("held")).isUnknown();
      assertThat(plan.join().isInSync()).isTrue();
      assertThat(busy).isNotDone();
      kit.runFor(Duration.ofMinutes(5));
    }
  }

  @Tag("rule-22")
  @Test
  void endsHeldCycleDuringAppliesOfOthers() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.configure(builder -> builder.applyingAtOnce(1));
      var busy = kit.agent("a-busy", Map.of()).pair("check a", "fix a").healthy();
      kit.agent("held", Map.of()).pair("check a", "fix a").broken().applyFails(1);
      kit.cycle(Pair.task("a"));
      busy.broken().applyTakes(Duration.ofMinutes(5));
      var running = kit.reconciler().submit(ManualRun.of(Scope.agent("a-busy")));
      kit.runFor(Duration.ofSeconds(1));
      kit.reconciler().checkNow();
      kit.runFor(Duration.ofSeconds(1));

      assertThat(kit.reconciler().status().agent("held").task("a").reason())
          .startsWith("held back until");
      assertThat(running).isNotDone();
      kit.runFor(Duration.ofMinutes(6));
    }
  }

  @Tag("rule-23")
  @Test
  void appliesStepInSyncWhenForced() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").healthy();
      web.pair("check b", "fix b").healthy();
      kit.manifest(Pair.task("a"), Pair.task("b"));

      CycleReport forced = kit.reconciler().reconcile(ManualRun.of(Scope.task("a")).force());
      CycleReport plain = kit.reconciler().reconcile(Scope.task("b"));

      assertThat(web.acted()).containsExactly("fix a");
      assertThat(forced.task("a").on("web-01")).isRemediated();
      assertThat(plain.task("b").on("web-01")).isInSync();
      assertThat(plain.task("b").on("web-01").reason()).isEqualTo("nothing to apply");
    }
  }
}
