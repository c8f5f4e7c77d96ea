package dev.fluke.reconcile.internal.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.reconcile.internal.incident.IncidentState.Announced;
import dev.fluke.reconcile.internal.incident.IncidentState.Change;
import dev.fluke.reconcile.internal.incident.IncidentState.Happening;
import dev.fluke.reconcile.internal.incident.IncidentState.Phase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every state of an incident, and what each happening makes of it. */
@Tag("rule-26")
class IncidentStateTest {

  @ParameterizedTest
  @CsvSource({
    "OPEN, FOUND,  LEFT_ALONE,    OPEN, FOUND,  false",
    "OPEN, FOUND,  TO_BE_APPLIED, OPEN, FOUND,  false",
    "OPEN, FOUND,  APPLY_FAILED,  OPEN, FAILED, true",
    "OPEN, FOUND,  APPLY_HELPED,  OVER, HEALED, true",
    "OPEN, FOUND,  IN_SYNC,       OVER, FOUND,  false",
    "OPEN, FOUND,  DAY_PASSED,    OPEN, FOUND,  true",
    "OPEN, FAILED, LEFT_ALONE,    OPEN, FAILED, false",
    "OPEN, FAILED, TO_BE_APPLIED, OPEN, FAILED, false",
    "OPEN, FAILED, APPLY_FAILED,  OPEN, FAILED, false",
    "OPEN, FAILED, APPLY_HELPED,  OVER, HEALED, true",
    "OPEN, FAILED, IN_SYNC,       OVER, FAILED, false",
    "OPEN, FAILED, DAY_PASSED,    OPEN, FAILED, true",
    "OPEN, HEALED, LEFT_ALONE,    OPEN, FOUND,  true",
    "OPEN, HEALED, TO_BE_APPLIED, OPEN, HEALED, false",
    "OPEN, HEALED, APPLY_FAILED,  OPEN, FAILED, true",
    "OPEN, HEALED, APPLY_HELPED,  OVER, HEALED, false",
    "OPEN, HEALED, IN_SYNC,       OVER, HEALED, false",
    "OPEN, HEALED, DAY_PASSED,    OPEN, FOUND,  true",
    "OVER, FOUND,  LEFT_ALONE,    OPEN, FOUND,  false",
    "OVER, FOUND,  TO_BE_APPLIED, OPEN, FOUND,  false",
    "OVER, FOUND,  APPLY_FAILED,  OPEN, FAILED, true",
    "OVER, FOUND,  APPLY_HELPED,  OVER, HEALED, true",
    "OVER, FOUND,  IN_SYNC,       OVER, FOUND,  false",
    "OVER, FOUND,  DAY_PASSED,    OVER, FOUND,  false",
    "OVER, FAILED, LEFT_ALONE,    OPEN, FAILED, false",
    "OVER, FAILED, TO_BE_APPLIED, OPEN, FAILED, false",
    "OVER, FAILED, APPLY_FAILED,  OPEN, FAILED, false",
    "OVER, FAILED, APPLY_HELPED,  OVER, HEALED, true",
    "OVER, FAILED, IN_SYNC,       OVER, FAILED, false",
    "OVER, FAILED, DAY_PASSED,    OVER, FAILED, false",
    "OVER, HEALED, LEFT_ALONE,    OPEN, FOUND,  true",
    "OVER, HEALED, TO_BE_APPLIED, OPEN, HEALED, false",
    "OVER, HEALED, APPLY_FAILED,  OPEN, FAILED, true",
    "OVER, HEALED, APPLY_HELPED,  OVER, HEALED, false",
    "OVER, HEALED, IN_SYNC,       OVER, HEALED, false",
    "OVER, HEALED, DAY_PASSED,    OVER, HEALED, false",
  })
  void changesAsTheTableSays(
      Phase phase, Announced last, Happening what, Phase next, Announced then, boolean announced) {
    Change change = new IncidentState(phase, last).after(what);

    assertThat(change).isEqualTo(new Change(new IncidentState(next, then), announced));
  }

  @Test
  void owesItsEndUnlessHealingWasAnnounced() {
    assertThat(IncidentState.opening(Announced.FOUND).isEndOwed()).isTrue();
    assertThat(IncidentState.opening(Announced.FAILED).isEndOwed()).isTrue();
    assertThat(new IncidentState(Phase.OPEN, Announced.HEALED).isEndOwed()).isFalse();
    assertThat(new IncidentState(Phase.OVER, Announced.FOUND).isEndOwed()).isTrue();
  }
}
