package dev.fluke.reconcile.internal.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.testkit.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FailureStreaksTest {
  private static final Subject WEB_A = Subject.ofTask("web", "a");
  private static final Subject WEB_B = Subject.ofTask("web", "b");

  private final VirtualTime time = VirtualTime.seeded(1);
  private final FailureStreaks streaks = new FailureStreaks(time);

  @AfterEach
  void close() {
    time.close();
  }

  private void twoFailuresIn(Duration elapsed, Subject subject) {
    assertThat(streaks.lasts(subject)).isFalse();
    assertThat(streaks.lasts(subject)).isFalse();
    time.runFor(elapsed);
  }

  @Test
  void needsThreeFailuresAndFiveMinutes() {
    twoFailuresIn(Duration.ofMinutes(5), WEB_A);

    assertThat(streaks.lasts(WEB_A)).isTrue();
    assertThat(streaks.lasts(WEB_A)).as("goes on").isTrue();
  }

  @Test
  void isTooShortBeforeFiveMinutes() {
    twoFailuresIn(Duration.ofMinutes(5).minusNanos(1), WEB_A);

    assertThat(streaks.lasts(WEB_A)).isFalse();
  }

  @Test
  void isTooShortWithTwoFailures() {
    assertThat(streaks.lasts(WEB_A)).isFalse();
    time.runFor(Duration.ofHours(1));

    assertThat(streaks.lasts(WEB_A)).isFalse();
  }

  @Test
  void countsFromOneAfterAnEnd() {
    twoFailuresIn(Duration.ofMinutes(5), WEB_A);

    streaks.end(WEB_A);

    assertThat(streaks.lasts(WEB_A)).isFalse();
  }

  @Test
  void countsEachSubjectAlone() {
    twoFailuresIn(Duration.ofMinutes(5), WEB_A);

    assertThat(streaks.lasts(WEB_B)).isFalse();
  }

  @Test
  void endsTasksThatAreNotKept() {
    twoFailuresIn(Duration.ofMinutes(1), WEB_A);
    twoFailuresIn(Duration.ofMinutes(5), WEB_B);

    streaks.endUnless("web", "a"::equals);

    assertThat(streaks.lasts(WEB_A)).isTrue();
    assertThat(streaks.lasts(WEB_B)).isFalse();
  }

  @Test
  void endsAllOfOneAgent() {
    Subject other = Subject.ofTask("db", "a");
    twoFailuresIn(Duration.ofMinutes(1), WEB_A);
    twoFailuresIn(Duration.ofMinutes(5), other);

    streaks.endAll("web");

    assertThat(streaks.lasts(WEB_A)).isFalse();
    assertThat(streaks.lasts(other)).isTrue();
  }
}
