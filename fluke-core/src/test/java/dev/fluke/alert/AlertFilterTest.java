package dev.fluke.alert;

import static dev.fluke.agent.Selector.agent;
import static dev.fluke.agent.Selector.everyAgent;
import static dev.fluke.agent.Selector.label;
import static dev.fluke.alert.SampleAlerts.alert;
import static dev.fluke.alert.SampleAlerts.drift;
import static dev.fluke.alert.SampleAlerts.event;
import static dev.fluke.alert.SampleAlerts.onWeb01;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AlertFilterTest {
  private final AlertFilter everything = AlertFilter.everything();
  private final Alert sourceBroken = alert(event("source_broken"));

  @Test
  void letsEverythingPassByDefault() {
    assertThat(everything.lets(drift())).isTrue();
    assertThat(everything.lets(sourceBroken)).isTrue();
  }

  @Test
  void selectsByEvent() {
    AlertFilter filter = everything.events("source_broken", "drift_resolved", "source_broken");

    assertThat(filter.lets(sourceBroken)).isTrue();
    assertThat(filter.lets(drift())).isFalse();
  }

  @Test
  void selectsByTaskWhateverItsCase() {
    AlertFilter filter = everything.tasks("NGINX", "other");

    assertThat(filter.lets(drift())).isTrue();
    assertThat(filter.lets(alert(onWeb01("drift_detected").with("task", "nginx2")))).isFalse();
    assertThat(filter.lets(sourceBroken)).as("about no task").isFalse();
  }

  @Test
  void selectsByAgent() {
    assertThat(everything.agents(agent("web-01")).lets(drift())).isTrue();
    assertThat(everything.agents(label("role").is("web")).lets(drift())).isTrue();
    assertThat(everything.agents(label("role").is("db")).lets(drift())).isFalse();
    assertThat(everything.agents(everyAgent()).lets(sourceBroken)).as("about no agent").isFalse();
  }

  @Test
  void letsPassWhatMeetsAllConditions() {
    AlertFilter filter = everything.tasks("nginx").agents(label("role").is("web"));

    assertThat(filter.lets(drift())).isTrue();
    assertThat(filter.events("drift_resolved").lets(drift())).isFalse();
    assertThat(filter.lets(drift())).as("a filter does not change").isTrue();
  }

  @Test
  void refusesAnUnknownEventAndListsTheKnownOnes() {
    assertThatThrownBy(() -> everything.events("drift_detected", "drift_healed\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "no alert has the event 'drift_healed\\n"
                + "'; known events: drift_detected, drift_remediated, drift_resolved,"
                + " drift_reminder, remediation_failed, remediation_failed_resolved,"
                + " agent_unreachable, agent_unreachable_resolved, agent_stuck, agent_stuck_resolved,"
                + " check_unknown, check_unknown_resolved, source_broken, source_broken_resolved");
  }

  @Test
  void refusesAConditionThatNothingMeets() {
    assertThatThrownBy(() -> everything.events())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("events() without a name would let no alert pass; name at least one");
    assertThatThrownBy(() -> everything.tasks())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tasks() without a name would let no alert pass; name at least one");
  }
}
