package dev.fluke.reconcile.internal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is known of things that left, for a day. */
class DepartedTest {
  private static final long DAY = Duration.ofHours(24).toNanos();

  private final TaskStates.Departed<String, String> states = new TaskStates.Departed<>(2);

  @Test
  void givesBackWhatLeftOnce() {
    states.keep("a", "one", 0);
    states.keep("a", "two", 1);

    assertThat(states.take("a", DAY)).isEqualTo("two");
    assertThat(states.take("a", DAY)).isNull();
    assertThat(states.take("b", DAY)).isNull();
  }

  @Test
  void forgetsAfterADay() {
    states.keep("a", "one", 0);
    assertThat(states.take("a", DAY + 1)).isNull();
  }

  @Test
  void dropsTheOldestWhenThereAreTooMany() {
    states.keep("a", "one", 0);
    states.keep("b", "two", 1);
    states.keep("a", "again", 2);
    states.keep("c", "three", 3);

    assertThat(states.take("b", 4)).isNull();
    assertThat(states.take("a", 4)).isEqualTo("again");
    assertThat(states.take("c", 4)).isEqualTo("three");
  }

  @Test
  void holdsNothingThatIsTooOld() {
    states.keep("a", "one", 0);
    states.keep("b", "two", DAY + 1);
    assertThat(states.take("b", DAY + 1)).isEqualTo("two");
    assertThat(states.isEmpty()).isTrue();
  }
}
