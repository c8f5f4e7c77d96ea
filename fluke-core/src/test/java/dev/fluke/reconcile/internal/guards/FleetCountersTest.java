package dev.fluke.reconcile.internal.guards;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.guard.GuardInput.Fleet;
import dev.fluke.report.Outcome;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FleetCountersTest {
  private final FleetCounters counters = new FleetCounters();

  private Optional<FleetCounters.Place> take(String declaration) {
    return counters.take("nginx", declaration, fleet -> true);
  }

  @Test
  void letsOnlyOneBeTheFirst() {
    Optional<FleetCounters.Place> first =
        counters.take("nginx", "v1", fleet -> fleet.equals(Fleet.NONE));
    Optional<FleetCounters.Place> second =
        counters.take("nginx", "v1", fleet -> fleet.equals(Fleet.NONE));

    assertThat(first).isPresent();
    assertThat(second).isEmpty();
    assertThat(counters.of("nginx", "v1")).isEqualTo(new Fleet(1, 0, 0));
  }

  @ParameterizedTest
  @CsvSource({
    "REMEDIATED,1,0",
    "IN_SYNC,1,0",
    "FAILED,0,1",
    "NON_CONVERGENT,0,1",
    "UNKNOWN,0,1",
    "SKIPPED,0,0",
    "CANCELLED,0,0",
    "DRIFTED,0,0",
    "UNREACHABLE,0,0"
  })
  void countsHowAnApplyEndedOnce(Outcome outcome, int applied, int failed) {
    FleetCounters.Place place = take("v1").orElseThrow();

    place.ended(outcome);
    place.ended(Outcome.FAILED);
    place.giveBack();

    assertThat(counters.of("nginx", "v1")).isEqualTo(new Fleet(0, applied, failed));
  }

  @Test
  void givesAPlaceBack() {
    take("v1").orElseThrow().giveBack();

    assertThat(counters.of("nginx", "v1")).isEqualTo(Fleet.NONE);
  }

  @Test
  void beginsAgainWithAnotherDeclaration() {
    FleetCounters.Place old = take("v1").orElseThrow();
    assertThat(take("v2")).isPresent();

    old.ended(Outcome.REMEDIATED);

    assertThat(counters.of("nginx", "v2")).isEqualTo(new Fleet(1, 0, 0));
    assertThat(counters.of("nginx", "v1")).isEqualTo(Fleet.NONE);
  }

  @Test
  void forgetsTasksThatAreNoLongerDeclared() {
    assertThat(take("v1")).isPresent();

    counters.forgetAllBut(Set.of("other"));

    assertThat(counters.of("nginx", "v1")).isEqualTo(Fleet.NONE);
  }
}
