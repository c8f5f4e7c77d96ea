package dev.fluke.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class OutcomeTest {

  @Test
  void succeedsOnlyWhenTheHostIsAsDeclared() {
    assertThat(Arrays.stream(Outcome.values()).filter(Outcome::succeeded))
        .containsExactly(Outcome.REMEDIATED, Outcome.IN_SYNC);
  }
}
