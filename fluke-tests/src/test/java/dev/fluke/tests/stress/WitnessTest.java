package dev.fluke.tests.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.tests.stress.Witness.Life;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The witness of the stress test sees what must never happen. */
class WitnessTest {
  private long now;
  private final Witness witness = new Witness(() -> now);
  private final Life web = witness.begins("web", "address");

  private void later(Duration time) {
    now += time.toNanos();
  }

  @Test
  void seesNothingWrongInALifeInOrder() {
    web.check().close();
    web.apply().close();
    web.command();
    web.over("remove", false);
    later(Duration.ofSeconds(1));
    web.check().close();

    assertThat(witness.violations()).isEmpty();
    assertThat(witness.life("1")).isSameAs(web);
    assertThat(witness.counts)
        .hasToString("2 checks, 1 applies, 1 commands, 0 removals, 0 triggers, 0 closes, 0 stuck");
  }

  @Test
  void seesTwoAtOnceOnAnAddress() {
    try (Witness.Visit visit = web.check()) {
      witness.begins("other", "elsewhere").check().close();
      assertThat(witness.violations()).isEmpty();
      witness.begins("neighbour", "address").check().close();
      assertThat(visit).isNotNull();
    }

    assertThat(witness.violations())
        .containsExactly("neighbour (3): a check, and 1 more at once on address");
  }

  @Test
  void seesSecondCheckAndApplyAfterRemoval() {
    web.over("remove", false);
    web.check().close();
    web.apply().close();
    web.check().close();

    assertThat(witness.violations())
        .containsExactly(
            "web (1): an apply whose check began after remove", "web (1): check 2 after remove");
  }

  @Test
  void allowsVerificationAfterCloseButNoApplyWhoseCheckBeganThen() {
    web.apply().close();
    web.over("close", true);
    web.command();
    web.command();
    web.check().close();
    web.check().close();
    assertThat(witness.violations()).isEmpty();

    web.apply().close();

    assertThat(witness.violations()).hasSize(1);
  }

  @Test
  void seesSecondCommandAfterRemoval() {
    web.over("remove", false);
    web.command();
    web.command();

    assertThat(witness.violations()).containsExactly("web (1): command 2 of an apply after remove");
  }

  @Test
  void seesWhatComesLongAfter() {
    web.over("remove", false);
    later(Duration.ofMinutes(1));
    web.command();
    web.apply().close();

    assertThat(witness.violations())
        .containsExactly(
            "web (1): a command of an apply 60000 ms after remove",
            "web (1): an apply 60000 ms after remove");
  }
}
