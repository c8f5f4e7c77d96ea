package dev.fluke.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TriggerTest {

  @Test
  void printsItsNameInLowerCase() {
    assertThat(Trigger.values())
        .extracting(Trigger::toString)
        .containsExactly(
            "start",
            "interval",
            "revision",
            "hook",
            "recovery",
            "agent",
            "application",
            "manual",
            "plan");
  }
}
