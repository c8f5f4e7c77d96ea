package dev.fluke.tests.cycle;

import static dev.fluke.agent.Selector.label;
import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.manifest.Task;
import dev.fluke.report.TaskReport;
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Pair;
import dev.fluke.transport.Answer;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What changes between a task's check and its turn. */
@Tag("rule-13")
class SupersessionTest {

  private static Task onWeb(String name) {
    return Task.named(name).on(label("role").is("web")).step("step", Pair.of(name)).build();
  }

  /** What becomes of task b when this happens during the apply of task a. */
  private static TaskReport ofTheSecond(BiConsumer<FlukeKit, FakeHost> meanwhile) {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of("role", "web"));
      var a = web.pair("check a", "fix a").broken();
      web.pair("check b", "fix b").broken();
      kit.manifest(onWeb("a"), onWeb("b"));
      web.answer(
          "fix a",
          command -> {
            a.healthy();
            meanwhile.accept(kit, web);
            kit.reconciler().pollNow();
            kit.time().yieldToOthers();
            return CommandResult.exited(0);
          });
      var report = kit.cycle();
      assertThat(report.task("a").on("web-01")).isRemediated();
      return report.task("b").on("web-01");
    }
  }

  @Test
  void aTaskThatIsGoneIsLeftAlone() {
    assertThat(ofTheSecond((kit, web) -> kit.manifest(onWeb("a"))).reason())
        .isEqualTo("superseded: the task was removed in revision code-2");
  }

  @Test
  void aTaskThatIsNoLongerForTheAgentIsLeftAlone() {
    TaskReport report =
        ofTheSecond((kit, web) -> kit.agent(Agent.named("web-01", web).label("role", "db")));

    assertThat(report).isSkipped();
    assertThat(report.reason()).isEqualTo("superseded: the task is no longer for this agent");
  }

  @Test
  void aTaskThatDeclaresSomethingElseIsLeftAlone() {
    Task other = Task.named("b").on(label("role").is("web")).step("step", Pair.of("other")).build();

    assertThat(ofTheSecond((kit, web) -> kit.manifest(onWeb("a"), other)).reason())
        .isEqualTo("superseded: the task changed in revision code-2");
  }

  @Test
  void aTaskWithAnotherPolicyIsLeftAlone() {
    Task other =
        Task.named("b")
            .on(label("role").is("web"))
            .onDrift(DriftPolicy.ALERT_ONLY)
            .step("step", Pair.of("b"))
            .build();

    assertThat(ofTheSecond((kit, web) -> kit.manifest(onWeb("a"), other)).reason())
        .isEqualTo("superseded: the task changed in revision code-2");
  }

  @Test
  void aTaskThatSaysTheSameInANewRevisionGoesOn() {
    assertThat(ofTheSecond((kit, web) -> kit.manifest(onWeb("a"), onWeb("b")))).isRemediated();
  }

  @Test
  void anAgentThatGoesTakesTheRestOfItsTasksAlong() {
    TaskReport report = ofTheSecondWhenRemoved();

    assertThat(report).isCancelled();
    assertThat(report.reason()).isEqualTo("the agent was removed");
  }

  private static TaskReport ofTheSecondWhenRemoved() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").broken().applyTakes(Duration.ofSeconds(5));
      web.pair("check b", "fix b").broken();
      kit.manifest(Pair.task("a"), Pair.task("b"));
      var run = kit.reconciler().submit(ManualRun.of(Scope.all()));
      kit.runFor(Duration.ofSeconds(1));
      kit.reconciler().remove("web-01");
      kit.runFor(Duration.ofSeconds(10));
      assertThat(web).ran("fix b").never();
      return run.join().task("b").on("web-01");
    }
  }

  @Tag("rule-16")
  @Test
  void anApplyThatMayStillRunIsAskedAfterUntilItsLimitAndHalfAMinute() {
    for (int seconds : new int[] {15 * 60 + 29, 15 * 60 + 30}) {
      try (FlukeKit kit = FlukeKit.create()) {
        FakeHost web = kit.agent("web-01", Map.of());
        web.answer("check a", 1);
        web.answer("fix a", Answer.endNotKnown("cut", Command.shell("alive")));
        web.answersNone("alive", Answer.Reason.CONNECTION_LOST, "cut again");
        assertThat(kit.cycle(Pair.task("a")).task("a").on("web-01")).isUnknown();
        web.pair("check a", "fix a").broken();
        kit.runFor(Duration.ofSeconds(seconds));

        var report = kit.cycle().task("a").on("web-01");

        if (seconds < 15 * 60 + 30) {
          assertThat(report).isFailed().hasReasonContaining("cut again");
          assertThat(web).ran("fix a").once();
        } else {
          assertThat(report).isRemediated();
        }
      }
    }
  }
}
