package dev.fluke.tests.cycle;

import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.agent.Selector;
import dev.fluke.command.CommandResult;
import dev.fluke.event.Event;
import dev.fluke.event.EventTypes;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.report.TaskReport;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FakeState;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Pair;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tasks that something undoes again and again. */
@Tag("rule-12")
class UndoneTaskTest {
  private static final String REMARK = "REGRESSED 5 times in 10 minutes: something undoes it";

  private static TaskReport cycle(FlukeKit kit) {
    TaskReport report = kit.cycle().task("a").on("web-01");
    kit.runFor(Duration.ofMinutes(1));
    return report;
  }

  private static String statusRemark(FlukeKit kit) {
    return kit.reconciler().status().agent("web-01").task("a").remark();
  }

  private static List<String> changes(FlukeKit kit) {
    return kit.events().stream().map(Event::type).filter(type -> type.startsWith("task_")).toList();
  }

  @Test
  void tellsOfTheFifthRegressionAndOfTheEnd() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeState state = kit.agent("web-01", Map.of()).pair("check a", "fix a").broken();
      kit.manifest(Pair.builder("a").onDrift(DriftPolicy.REMEDIATE_AND_ALERT).build());
      cycle(kit);
      for (int i = 1; i <= 4; i++) {
        state.broken();
        assertThat(cycle(kit).remark()).isEmpty();
      }
      assertThat(statusRemark(kit)).isEmpty();
      state.broken();

      TaskReport fifth = cycle(kit);

      assertThat(fifth).isRemediated();
      assertThat(fifth.remark()).isEqualTo(REMARK);
      assertThat(fifth.toString()).endsWith(REMARK);
      assertThat(statusRemark(kit)).isEqualTo(REMARK);
      assertThat(kit.reconciler().status().toJson()).contains("\"remark\":\"" + REMARK + "\"");
      assertThat(changes(kit)).containsExactly(EventTypes.TASK_UNDONE);
      state.broken().applyFails(1);
      assertThat(cycle(kit)).isFailed();
      assertThat(kit.alerts().get(kit.alerts().size() - 1).toJson())
          .contains("\"remark\":\"" + REMARK + "\"");
      state.healthy();
      for (int minute = 0; minute < 10; minute++) {
        assertThat(cycle(kit).remark()).isEqualTo(REMARK);
      }
      assertThat(cycle(kit).remark()).isEmpty();
      assertThat(statusRemark(kit)).isEmpty();
      assertThat(changes(kit))
          .containsExactly(EventTypes.TASK_UNDONE, EventTypes.TASK_UNDONE_RESOLVED);
    }
  }

  @Test
  void countsOnlyThoseOfTenMinutes() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeState state = kit.agent("web-01", Map.of()).pair("check a", "fix a").broken();
      kit.manifest(Pair.task("a"));
      cycle(kit);
      for (int i = 0; i < 20; i++) {
        kit.runFor(Duration.ofMinutes(2));
        state.broken();
        assertThat(cycle(kit).remark()).isEmpty();
      }
    }
  }

  @Test
  void countsLastingDriftOnce() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeState state = kit.agent("web-01", Map.of()).pair("check a", "fix a").healthy();
      kit.manifest(Pair.builder("a").onDrift(DriftPolicy.ALERT_ONLY).build());
      cycle(kit);
      state.broken();
      for (int i = 0; i < 20; i++) {
        assertThat(cycle(kit)).isDrifted();
      }
      assertThat(changes(kit)).isEmpty();
    }
  }

  @Test
  void tellsOfDriftThatNobodyHealsHere() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeState state = kit.agent("web-01", Map.of()).pair("check a", "fix a").healthy();
      kit.manifest(Pair.builder("a").onDrift(DriftPolicy.ALERT_ONLY).build());
      cycle(kit);
      for (int i = 0; i < 5; i++) {
        state.broken();
        cycle(kit);
        state.healthy();
        cycle(kit);
      }
      assertThat(changes(kit)).containsExactly(EventTypes.TASK_UNDONE);
    }
  }

  @Test
  void saysNothingOfFailuresAndOfChangedTasks() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").broken().applyDoesNothing();
      kit.manifest(Pair.task("a"));
      for (int i = 0; i < 60; i++) {
        cycle(kit);
      }
      for (int i = 0; i < 20; i++) {
        web.pair("check " + i, "fix " + i).broken();
        Task changed =
            Task.named("a").on(Selector.everyAgent()).step("step", Pair.of("" + i)).build();
        kit.manifest(changed);
        assertThat(cycle(kit)).isRemediated();
      }
      assertThat(changes(kit)).isEmpty();
    }
  }

  @Test
  void tellsTwoReconcilersThatContradictEachOther() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      boolean[] isA = {true};
      web.answer("check a", command -> exited(isA[0] ? 0 : 1));
      web.answer("check b", command -> exited(isA[0] ? 1 : 0));
      web.answer(
          "fix a",
          command -> {
            isA[0] = true;
            return exited(0);
          });
      web.answer(
          "fix b",
          command -> {
            isA[0] = false;
            return exited(0);
          });
      Task other = Task.named("other").on(Selector.everyAgent()).step("step", Pair.of("b")).build();
      kit.manifest(Pair.task("a"));
      try (Reconciler second =
          Reconciler.builder()
              .scheduler(kit.time())
              .agent(Agent.named("web-01", web))
              .manifest(Manifest.of(other))
              .build()) {
        kit.reconciler().start();
        second.start();
        kit.runFor(Duration.ofMinutes(10));

        assertThat(statusRemark(kit)).isEqualTo(REMARK);
        assertThat(second.status().agent("web-01").task("other").remark()).isEqualTo(REMARK);
      }
    }
  }

  private static CommandResult exited(int status) {
    return CommandResult.exited(status);
  }
}
