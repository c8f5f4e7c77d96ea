package dev.fluke.source.git;

import java.time.Duration;

/**
 * How long a poll waits for the remote.
 *
 * @param silence the longest time without any data
 * @param total the longest time of the whole poll
 */
record FetchLimits(Duration silence, Duration total) {
  static final FetchLimits DEFAULT = new FetchLimits(Duration.ofSeconds(30), Duration.ofMinutes(5));

  /** What is wrong with them; empty if nothing is. */
  String problem() {
    return isPositive(silence) && isPositive(total)
        ? ""
        : "its limits are %s and %s, must be more than zero".formatted(silence, total);
  }

  private static boolean isPositive(Duration time) {
    return !time.isNegative() && !time.isZero();
  }
}
