package dev.fluke.reconcile.internal.memory;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after failures in a row: {@code first}, then twice as long each time, at most
 * {@code longest}. With 5 s and 5 min: 5, 10, 20 … 300 s.
 *
 * @param first the wait after the first failure
 * @param longest the longest wait, before jitter
 * @param jitter the random part of the wait
 */
public record Backoff(Duration first, Duration longest, Jitter jitter) {
  private static final int MOST_DOUBLINGS = 30;

  /** The random part of a wait, so that many that failed together don't retry together. */
  public enum Jitter {
    NONE,
    /** Adds up to a tenth. */
    LATER,
    /** Subtracts up to a tenth. */
    SOONER
  }

  /**
   * The wait.
   *
   * @param failures how many failures came before this one
   */
  public Duration after(int failures, RandomGenerator chance) {
    Duration wait = first;
    for (int i = 0; i < Math.min(failures, MOST_DOUBLINGS) && wait.compareTo(longest) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    Duration capped = wait.compareTo(longest) > 0 ? longest : wait;
    return switch (jitter) {
      case NONE -> capped;
      case LATER -> capped.plus(tenthOf(capped, chance));
      case SOONER -> capped.minus(tenthOf(capped, chance));
    };
  }

  private static Duration tenthOf(Duration wait, RandomGenerator chance) {
    return Duration.ofMillis((long) (wait.toMillis() * 0.1 * chance.nextDouble()));
  }
}
