package dev.fluke.source.git;

import dev.fluke.text.Durations;
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
    return Durations.problem(silence)
        .or(() -> Durations.problem(total))
        .map(problem -> "its limits are %s and %s, %s".formatted(silence, total, problem))
        .orElse("");
  }
}
