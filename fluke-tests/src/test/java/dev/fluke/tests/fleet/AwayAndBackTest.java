package dev.fluke.tests.fleet;

import static dev.fluke.agent.Selector.label;
import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.manifest.DriftCause;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.manifest.Task;
import dev.fluke.report.FleetStatus.TaskStatus;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FakeState;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Pair;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is remembered of agents and tasks that left and came back. */
@Tag("rule-12")
class AwayAndBackTest {
  private final FakeHost host = FakeHost.named("web");
  private final FakeState state = host.pair("check a", "fix a");
  private final Agent web = Agent.named("web-01", host);

  private static void leave(FlukeKit kit) {
    assertThat(kit.reconciler().remove("web-01")).isTrue();
  }

  @Test
  void remembersCauseAndBackoffOfAgentForADay() {
    try (FlukeKit kit = FlukeKit.create()) {
      state.broken().applyFails(1);
      kit.agent(web);
      assertThat(kit.cycle(Pair.task("a")).task("a").on("web-01")).isFailed();

      for (int i = 0; i < 5; i++) {
        leave(kit);
        kit.agent(web);
        assertThat(kit.reconciler().status().agent("web-01").tasks()).isEmpty();
        assertThat(kit.cycle().task("a").on("web-01"))
            .isDrifted()
            .hasCause(DriftCause.APPLY_INCOMPLETE)
            .hasReasonContaining("after 1 failed in a row");
      }
      assertThat(host).ran("fix a").once();
      leave(kit);
      kit.runFor(Duration.ofHours(23));
      state.broken();
      kit.agent(web);
      assertThat(kit.cycle().task("a").on("web-01")).hasCause(DriftCause.APPLY_INCOMPLETE);
    }
  }

  @Test
  void forgetsAgentAfterADay() {
    try (FlukeKit kit = FlukeKit.create()) {
      state.healthy();
      kit.agent(web);
      kit.cycle(Pair.task("a"));
      leave(kit);
      kit.runFor(Duration.ofHours(25));
      state.broken();
      kit.agent(web);

      assertThat(kit.cycle().task("a").on("web-01")).hasCause(DriftCause.NEVER_APPLIED);
    }
  }

  @Tag("L04")
  @Test
  void remembersNothingUnderAnotherNameOrAddress() {
    try (FlukeKit kit = FlukeKit.create()) {
      state.healthy();
      kit.agent(web);
      kit.cycle(Pair.task("a"));
      state.broken();

      kit.reconciler().replaceAll(List.of(Agent.named("renamed", host)));
      assertThat(kit.cycle().task("a").on("renamed")).hasCause(DriftCause.NEVER_APPLIED);
      FakeHost elsewhere = FakeHost.named("elsewhere");
      elsewhere.pair("check a", "fix a").broken();
      kit.reconciler().replaceAll(List.of(Agent.named("web-01", elsewhere)));
      assertThat(kit.cycle().task("a").on("web-01")).hasCause(DriftCause.NEVER_APPLIED);
      state.broken();
      kit.reconciler().replaceAll(List.of(web));

      assertThat(kit.cycle().task("a").on("web-01")).hasCause(DriftCause.REGRESSED);
    }
  }

  @Test
  void remembersTaskThatCameBack() {
    try (FlukeKit kit = FlukeKit.create()) {
      host.pair("check b", "fix b").healthy();
      state.healthy();
      kit.agent(web);
      kit.cycle(Pair.task("a"), Pair.task("b"));
      kit.cycle(Pair.task("b"));
      assertThat(kit.reconciler().status().agent("web-01").tasks())
          .extracting(TaskStatus::task)
          .containsExactly("b");
      state.broken().applyFails(1);

      assertThat(kit.cycle(Pair.task("a"), Pair.task("b")).task("a").on("web-01"))
          .isFailed()
          .hasCause(DriftCause.REGRESSED);
      kit.cycle(Pair.task("b"));

      assertThat(kit.cycle(Pair.task("a"), Pair.task("b")).task("a").on("web-01"))
          .isDrifted()
          .hasReasonContaining("after 1 failed in a row");
    }
  }

  @Test
  void reportsDriftOfAgentThatCameBackAgain() {
    try (FlukeKit kit = FlukeKit.create()) {
      state.broken();
      kit.agent(web);
      kit.manifest(Pair.builder("a").onDrift(DriftPolicy.ALERT_ONLY).build());
      kit.cycle();
      leave(kit);
      kit.runFor(Duration.ofMinutes(20));
      kit.agent(web);

      kit.cycle();

      assertThat(kit.events())
          .filteredOn(event -> event.type().equals("drift_detected"))
          .hasSize(2);
    }
  }

  @Test
  void listsOnlyTasksThatSelectTheAgentNow() {
    try (FlukeKit kit = FlukeKit.create()) {
      state.broken();
      host.pair("check all", "fix all").healthy();
      kit.agent(web.label("role", "web"));
      Task forWeb =
          Task.named("a")
              .on(label("role").is("web"))
              .onDrift(DriftPolicy.ALERT_ONLY)
              .step("step", Pair.of("a"))
              .build();
      kit.cycle(forWeb, Pair.task("all"));
      assertThat(kit.reconciler().status().agent("web-01").tasks()).hasSize(2);

      kit.agent(web.label("role", "db"));

      assertThat(kit.reconciler().status().agent("web-01").tasks())
          .extracting(TaskStatus::task)
          .containsExactly("all");
    }
  }
}
