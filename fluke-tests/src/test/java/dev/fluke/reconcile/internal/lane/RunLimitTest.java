package dev.fluke.reconcile.internal.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.request.TooManyRunsException;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rule-23")
class RunLimitTest {
  private final RunLimit limit = new RunLimit();

  @Test
  void givesAPlaceBackOnce() {
    RunLimit.Waiting first = limit.enter(Optional.of("web-01"));
    for (int i = 1; i < RunLimit.OF_AN_AGENT; i++) {
      limit.enter(Optional.of("web-01"));
    }
    first.end();
    first.end();

    limit.enter(Optional.of("web-01"));

    assertThatThrownBy(() -> limit.enter(Optional.of("web-01")))
        .isInstanceOf(TooManyRunsException.class)
        .hasMessageContaining("agent 'web-01'");
    assertThat(limit.enter(Optional.of("web-02"))).isNotNull();
  }

  @Test
  void countsRunsOfAllAgentsInAllOnly() {
    for (int i = 0; i < RunLimit.IN_ALL; i++) {
      limit.enter(Optional.empty());
    }

    assertThatThrownBy(() -> limit.enter(Optional.of("web-01")))
        .isInstanceOf(TooManyRunsException.class)
        .hasMessage("1,000 manual runs and plans wait already; try again later");
  }
}
