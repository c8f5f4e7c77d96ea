package dev.fluke.reconcile.internal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.reconcile.internal.memory.Backoff.Jitter;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long to wait after failures in a row. */
class BackoffTest {

  private static Backoff of(Jitter jitter) {
    return new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(5), jitter);
  }

  private static Backoff of(Duration first, Duration longest) {
    return new Backoff(first, longest, Jitter.NONE);
  }

  /** Chance that always yields this, from 0 to below 1. */
  private static RandomGenerator always(double chance) {
    return new RandomGenerator() {
      @Override
      public long nextLong() {
        throw new AssertionError("not asked for");
      }

      @Override
      public double nextDouble() {
        return chance;
      }
    };
  }

  @ParameterizedTest
  @CsvSource({"0,5", "1,10", "2,20", "3,40", "4,80", "5,160", "6,300", "7,300", "30,300"})
  void doublesTheWaitUpToTheLongest(int failures, long seconds) {
    assertThat(of(Jitter.NONE).after(failures, always(0.5))).hasSeconds(seconds);
  }

  @ParameterizedTest
  @CsvSource({
    "LATER,0,0,5000", "LATER,0,0.5,5250", "LATER,6,0,300000", "LATER,6,0.5,315000",
    "SOONER,0,0,5000", "SOONER,0,0.5,4750", "SOONER,6,0,300000", "SOONER,6,0.5,285000",
    "NONE,0,0.5,5000", "NONE,6,0.5,300000"
  })
  void addsOrTakesUpToATenthByChance(Jitter jitter, int failures, double chance, long millis) {
    assertThat(of(jitter).after(failures, always(chance))).hasMillis(millis);
  }

  @ParameterizedTest
  @ValueSource(ints = {31, 64, 1_000, Integer.MAX_VALUE})
  void staysAtTheLongestHoweverOftenItFailed(int failures) {
    assertThat(of(Jitter.NONE).after(failures, always(0))).hasMinutes(5);
  }

  @Test
  void capsTheFirstWaitToo() {
    assertThat(of(Duration.ofMinutes(2), Duration.ofMinutes(1)).after(0, always(0))).hasMinutes(1);
  }

  @Test
  void stopsDoublingBeforeALongLimitOverflows() {
    Duration longest = Duration.ofSeconds(Long.MAX_VALUE);

    assertThat(of(Duration.ofSeconds(1), longest).after(Integer.MAX_VALUE, always(0)))
        .hasSeconds(1L << 30);
  }
}
