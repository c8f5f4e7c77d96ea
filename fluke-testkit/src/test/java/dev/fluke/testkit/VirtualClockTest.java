package dev.fluke.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class VirtualClockTest {
  private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");

  private final VirtualClock clock = new VirtualClock();

  @Test
  void movesBothForwardTogether() {
    clock.moveTo(1_500_000_000);

    assertThat(clock.nanoTime()).isEqualTo(1_500_000_000);
    assertThat(clock.now()).isEqualTo(START.plusMillis(1500));
  }

  @Test
  void neverMovesBack() {
    clock.moveTo(9);
    clock.moveTo(3);

    assertThat(clock.nanoTime()).isEqualTo(9);
    assertThat(clock.now()).isEqualTo(START.plusNanos(9));
  }

  @Test
  void setsAndJumpsTheWallClockOnly() {
    clock.setWallClock(START.plusSeconds(60));
    clock.jumpWallClock(Duration.ofSeconds(-20));

    assertThat(clock.now()).isEqualTo(START.plusSeconds(40));
    assertThat(clock.nanoTime()).isZero();
  }
}
