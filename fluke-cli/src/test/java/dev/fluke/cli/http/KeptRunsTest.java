package dev.fluke.cli.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class KeptRunsTest {
  private final KeptRuns<Run> runs = new KeptRuns<>();
  private int last;

  /** A run that has ended, or has not. */
  private static final class Run implements KeptRuns.Kept {
    private final String caller;
    private boolean isDone;

    Run(String caller, boolean isDone) {
      this.caller = caller;
      this.isDone = isDone;
    }

    @Override
    public String caller() {
      return caller;
    }

    @Override
    public boolean isDone() {
      return isDone;
    }
  }

  private Run add(String caller, boolean isDone) {
    Run run = new Run(caller, isDone);
    runs.add(String.valueOf(++last), run);
    return run;
  }

  private boolean keeps(int id) {
    return runs.find(String.valueOf(id)).isPresent();
  }

  @Test
  void refusesMoreThanSixteenUnfinishedRunsOfOneCaller() {
    Run first = add("ci", false);
    for (int i = 0; i < 15; i++) {
      add("ci", false);
    }

    assertThatThrownBy(() -> add("ci", false))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.status()).isEqualTo(429))
        .hasMessage(
            "'ci' has 16 plans and manual runs that have not ended; try again when one has ended");
    add("ann", false);
    first.isDone = true;
    add("ci", false);
    assertThatThrownBy(() -> add("ci", false)).isInstanceOf(ApiException.class);
  }

  @Test
  void forgetsTheOldestEndedRunOfTheCallerWhoHasMost() {
    add("ann", true);
    add("ci", false);
    for (int i = 0; i < 199; i++) {
      add("ci", true);
    }

    assertThat(keeps(1)).isTrue();
    assertThat(keeps(2)).isTrue();
    assertThat(keeps(3)).isFalse();
    assertThat(keeps(4)).isTrue();
  }

  @Test
  void forgetsNoRunThatHasNotEnded() {
    for (int i = 0; i < 208; i++) {
      add("caller-" + i / 16, false);
    }

    assertThat(keeps(1)).isTrue();
    assertThat(keeps(208)).isTrue();
  }

  @Test
  void givesAPlaceBackThatWasNotUsed() {
    for (int i = 0; i < 16; i++) {
      add("ci", false);
    }
    runs.remove("16");

    add("ci", false);
    assertThat(keeps(16)).isFalse();
    assertThat(keeps(17)).isTrue();
  }
}
