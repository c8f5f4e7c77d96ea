package dev.fluke.tests.cycle;

import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.CommandResult;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.manifest.Task;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Pair;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which policy is in force, and what it does. */
@Tag("rule-14")
class PolicyTest {

  @Tag("R19")
  @Tag("R21")
  @Test
  void aTasksOwnPolicyWinsOverTheDefaultWhichIsRemediate() {
    for (DriftPolicy byDefault : DriftPolicy.values()) {
      try (FlukeKit kit = FlukeKit.create()) {
        kit.configure(builder -> builder.onDrift(byDefault));
        kit.agent("web-01", Map.of()).pair("check a", "fix a").healthy();
        assertThat(kit.cycle(Pair.task("a")).task("a").on("web-01").policy()).isEqualTo(byDefault);
        for (DriftPolicy own : DriftPolicy.values()) {
          Task task = Pair.builder("a").onDrift(own).build();
          assertThat(kit.cycle(task).task("a").on("web-01").policy()).isEqualTo(own);
        }
      }
    }
    try (FlukeKit kit = FlukeKit.create()) {
      assertThat(kit.reconciler().status().defaultPolicy()).isEqualTo(DriftPolicy.REMEDIATE);
    }
  }

  @Tag("R22")
  @Test
  void remediateAndAlertTellsOfTheDriftAndOfItsEnd() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.agent("web-01", Map.of()).pair("check a", "fix a").broken();

      kit.cycle(Pair.builder("a").onDrift(DriftPolicy.REMEDIATE_AND_ALERT).build());

      assertThat(kit.events())
          .extracting(event -> event.type())
          .containsExactly(
              "revision_adopted",
              "drift_detected",
              "incident_opened",
              "drift_remediated",
              "incident_closed");
      assertThat(kit.events().get(3).field("outcome")).contains("success");
    }
  }

  @Tag("E8")
  @Test
  void aPolicyThatChangesDuringAnApplyLetsItEndAndHoldsTheNextDrift() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      var state = web.pair("check a", "fix a").broken();
      kit.manifest(Pair.task("a"));
      web.answer(
          "fix a",
          command -> {
            kit.manifest(Pair.builder("a").onDrift(DriftPolicy.ALERT_ONLY).build());
            kit.reconciler().pollNow();
            kit.time().yieldToOthers();
            state.healthy();
            return CommandResult.exited(0);
          });

      assertThat(kit.cycle().task("a").on("web-01")).isRemediated();
      state.broken();

      assertThat(kit.cycle().task("a").on("web-01")).isDrifted();
      assertThat(web.acted()).isEqualTo(List.of("fix a"));
    }
  }
}
