package dev.fluke.reconcile.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.testkit.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rule-27")
class RetryPaceTest {
  private static final Duration FIVE_SECONDS = Duration.ofSeconds(5);
  private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

  private final VirtualTime time = VirtualTime.seeded(1);
  private final RetryPace pace = new RetryPace(time);

  @AfterEach
  void close() {
    time.close();
  }

  private Duration pause() {
    return pace.atLeast(Duration.ZERO);
  }

  @Test
  void pausesForFiveSecondsHoweverOftenOneKeyFails() {
    for (int i = 0; i < 20; i++) {
      pace.failed("a", Duration.ZERO);
    }

    assertThat(pace.isPaused()).isTrue();
    assertThat(pause()).isBetween(Duration.ofMillis(4500), FIVE_SECONDS);
    time.runFor(FIVE_SECONDS);
    assertThat(pace.isPaused()).isFalse();
    assertThat(pause()).isZero();
  }

  @Test
  void pausesLongerTheMoreKeysFail() {
    for (int i = 0; i < 3; i++) {
      pace.failed("key " + i, Duration.ZERO);
    }
    assertThat(pause()).isBetween(Duration.ofSeconds(18), Duration.ofSeconds(20));

    for (int i = 0; i < 1_000; i++) {
      pace.failed("key " + i, Duration.ZERO);
    }
    assertThat(pause()).isBetween(Duration.ofSeconds(270), FIVE_MINUTES);
  }

  @Test
  void startsAnewAfterSuccess() {
    pace.failed("a", Duration.ZERO);
    pace.failed("b", Duration.ZERO);

    pace.succeeded();

    assertThat(pace.isPaused()).isFalse();
    pace.failed("c", Duration.ZERO);
    assertThat(pause()).isLessThanOrEqualTo(FIVE_SECONDS);
  }

  @Test
  void pausesAsLongAsTheSinkAsks() {
    pace.failed("a", Duration.ofMinutes(40));

    assertThat(pause()).isEqualTo(Duration.ofMinutes(40));
    assertThat(pace.atLeast(Duration.ofHours(1))).isEqualTo(Duration.ofHours(1));
    assertThat(pace.ofKey(1, Duration.ofMinutes(40))).isEqualTo(Duration.ofMinutes(40));
  }

  @Test
  void doublesTheWaitOfKeyUpToFiveMinutes() {
    assertThat(pace.ofKey(1, Duration.ZERO)).isBetween(Duration.ofMillis(4500), FIVE_SECONDS);
    assertThat(pace.ofKey(4, Duration.ZERO))
        .isBetween(Duration.ofSeconds(36), Duration.ofSeconds(40));
    assertThat(pace.ofKey(1_000, Duration.ZERO)).isBetween(Duration.ofSeconds(270), FIVE_MINUTES);
  }

  @Test
  void reportsAfterFiveTriesOfOneAlertOrInARow() {
    for (int i = 0; i < 4; i++) {
      pace.failed("key " + i, Duration.ZERO);
      assertThat(pace.isDueToReport(1)).isFalse();
    }
    pace.failed("key 4", Duration.ZERO);
    assertThat(pace.isDueToReport(1)).isTrue();

    pace.succeeded();
    assertThat(pace.isDueToReport(4)).isFalse();
    assertThat(pace.isDueToReport(5)).isTrue();
  }
}
