package dev.fluke.reconcile;

import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * When a source is looked at: every interval, and after failures later and later, up to 5 minutes,
 * with jitter, or as the source asks.
 */
final class PollSchedule {
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final Duration LONGEST_ASKED_FOR = Duration.ofHours(1);

  private final Scheduler scheduler;
  private final Duration interval;
  private boolean running;
  private int failures;
  private Optional<Duration> askedFor = Optional.empty();
  private Scheduler.@Nullable Timer timer;
  private @Nullable Instant nextTry;

  PollSchedule(Scheduler scheduler, Duration interval) {
    this.scheduler = scheduler;
    this.interval = interval;
  }

  void start(Supplier<CompletableFuture<?>> look) {
    synchronized (this) {
      running = true;
    }
    wait(look);
  }

  private synchronized void wait(Supplier<CompletableFuture<?>> look) {
    if (running) {
      Duration delay = delay();
      nextTry = scheduler.now().plus(delay);
      timer =
          scheduler.after(
              delay,
              () -> {
                var unused = look.get().thenRun(() -> wait(look));
              });
    }
  }

  private Duration delay() {
    if (failures == 0) {
      return interval;
    }
    Duration longer = interval.multipliedBy(1L << Math.min(failures - 1, 20));
    Duration most = interval.compareTo(LONGEST) > 0 ? interval : LONGEST;
    Duration backedOff = longer.compareTo(most) > 0 ? most : longer;
    if (askedFor.isPresent()) {
      Duration asked = askedFor.get();
      asked = asked.compareTo(LONGEST_ASKED_FOR) > 0 ? LONGEST_ASKED_FOR : asked;
      return asked.compareTo(interval) > 0 ? asked : interval;
    }
    double jitter = 0.9 + scheduler.random().nextDouble() / 10;
    return Duration.ofNanos((long) (backedOff.toNanos() * jitter));
  }

  synchronized void answered() {
    failures = 0;
    askedFor = Optional.empty();
  }

  synchronized void failed(Optional<Duration> retryAfter) {
    failures++;
    askedFor = retryAfter;
  }

  synchronized Optional<Instant> nextTry() {
    return running ? Optional.ofNullable(nextTry) : Optional.empty();
  }

  synchronized void stop() {
    running = false;
    if (timer != null) {
      timer.cancel();
    }
  }
}
