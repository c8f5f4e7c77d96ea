package dev.fluke.reconcile.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.report.Trigger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("rule-24")
class RevisionCyclesTest {

  @ParameterizedTest
  @CsvSource({
    "START,       true,  true,  false",
    "START,       false, true,  true",
    "APPLICATION, true,  true,  false",
    "APPLICATION, true,  false, false",
    "APPLICATION, false, true,  true",
    "APPLICATION, false, false, false",
    "MANUAL,      true,  true,  true",
    "MANUAL,      true,  false, false",
    "MANUAL,      false, true,  true",
    "PLAN,        true,  true,  true",
    "PLAN,        true,  false, false",
    "INTERVAL,    false, true,  true",
    "REVISION,    false, true,  true",
    "REVISION,    false, false, true",
  })
  void decidesByPollAndTimers(Trigger polledFor, boolean opened, boolean running, boolean due) {
    assertThat(RevisionCycles.isDue(polledFor, opened, running)).isEqualTo(due);
  }
}
