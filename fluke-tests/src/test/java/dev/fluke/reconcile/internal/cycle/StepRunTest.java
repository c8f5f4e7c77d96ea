package dev.fluke.reconcile.internal.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.command.Mask;
import dev.fluke.command.Secret;
import dev.fluke.executor.CheckResult;
import dev.fluke.manifest.OnFailure;
import dev.fluke.manifest.Step;
import dev.fluke.reconcile.internal.config.LoopSettings;
import dev.fluke.reconcile.internal.connection.Bench;
import dev.fluke.report.StepOutcome;
import dev.fluke.report.StepReport;
import dev.fluke.tests.support.Pair;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One step in one cycle. */
class StepRunTest {
  private static final Agent WEB = Agent.named("web-01");
  private static final Step STEP = Step.named("nginx", Pair.of("nginx"));
  private static final LoopSettings SETTINGS =
      LoopSettings.defaults()
          .withCheckLimit(Duration.ofSeconds(1))
          .withApplyLimit(Duration.ofSeconds(2));

  private final StepRun run = new StepRun(STEP, WEB, SETTINGS, new Mask(), false);

  private static CheckResult.Drifted drifted(String found) {
    return CheckResult.drifted("state", "running", found);
  }

  @Test
  void takesTheLimitOfTheStepThenOfTheAgentThenOfTheSettings() {
    Agent agent = WEB.checkLimit(Duration.ofSeconds(3)).applyLimit(Duration.ofSeconds(4));
    Step step = STEP.checkTimeout(Duration.ofSeconds(5)).timeout(Duration.ofSeconds(6));

    assertThat(run.checkLimit).hasSeconds(1);
    assertThat(run.applyLimit).hasSeconds(2);
    assertThat(new StepRun(STEP, agent, SETTINGS, new Mask(), false).checkLimit).hasSeconds(3);
    assertThat(new StepRun(STEP, agent, SETTINGS, new Mask(), false).applyLimit).hasSeconds(4);
    assertThat(new StepRun(step, agent, SETTINGS, new Mask(), false).checkLimit).hasSeconds(5);
    assertThat(new StepRun(step, agent, SETTINGS, new Mask(), false).applyLimit).hasSeconds(6);
  }

  @Test
  void isUnknownUntilItsCheckIsAsked() {
    assertThat(run.outcome()).isEqualTo(StepOutcome.UNKNOWN);
    assertThat(run.answered()).isFalse();
    assertThat(run.report())
        .isEqualTo(
            new StepReport("nginx", StepOutcome.UNKNOWN, List.of(), "can't tell: not asked"));
  }

  @Test
  void reportsTheFirstDifferencesAndTheLatestMessage() {
    run.checked(drifted("stopped"), true, 0, 0);
    run.checked(drifted("starting"), true, 0, 0);

    assertThat(run.report())
        .isEqualTo(
            new StepReport(
                "nginx",
                StepOutcome.DRIFTED,
                drifted("stopped").differences(),
                "state should be 'running', is 'starting'"));
    run.checked(CheckResult.inSync(), true, 0, 0);
    run.end(StepOutcome.APPLIED, "");
    assertThat(run.report())
        .isEqualTo(
            new StepReport("nginx", StepOutcome.APPLIED, drifted("stopped").differences(), ""));
  }

  @Test
  void hidesSecretsInAnswersAndMessages() {
    run.mask.learn(Secret.of("canary-hunter"));
    run.checked(drifted("canary-hunter"), true, 0, 0);
    run.end(StepOutcome.FAILED, "refused canary-hunter");

    assertThat(run.latest()).isEqualTo(drifted("***"));
    assertThat(run.report().message()).isEqualTo("refused ***");
    assertThat(run.report().differences()).isEqualTo(drifted("***").differences());
  }

  @Test
  void remembersThatTheEndOfItsApplyIsNotKnown() {
    assertThat(run.isEndNotKnown()).isFalse();
    run.endNotKnown("cut");
    assertThat(run.isEndNotKnown()).isTrue();
    assertThat(run.outcome()).isEqualTo(StepOutcome.UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({
    "FAILED,true",
    "NON_CONVERGENT,true",
    "UNKNOWN,true",
    "IN_SYNC,false",
    "DRIFTED,false",
    "APPLIED,false",
    "NOT_RUN,false"
  })
  void stopsTheStepsAfterItUnlessTheyShallGoOn(StepOutcome outcome, boolean stops) {
    StepRun patient =
        new StepRun(STEP.onFailure(OnFailure.CONTINUE), WEB, SETTINGS, new Mask(), false);
    run.end(outcome, "");
    patient.end(outcome, "");

    assertThat(run.stopsOthers()).isEqualTo(stops);
    assertThat(patient.stopsOthers()).isFalse();
  }

  @Tag("rule-13")
  @Test
  void isFreshForHalfAMinuteAndUntilSomethingIsApplied() {
    try (Bench bench = new Bench()) {
      run.checked(CheckResult.inSync(), true, bench.access.now(), bench.access.applies());
      bench.time.runFor(LoopSettings.FRESHNESS.minusNanos(1));
      assertThat(run.isFresh(bench.access)).isTrue();
      bench.time.runFor(Duration.ofNanos(1));
      assertThat(run.isFresh(bench.access)).isFalse();
      run.checked(CheckResult.inSync(), true, bench.access.now(), bench.access.applies());
      assertThat(run.isFresh(bench.access)).isTrue();

      bench.address.countApply();

      assertThat(run.isFresh(bench.access)).isFalse();
    }
  }
}
