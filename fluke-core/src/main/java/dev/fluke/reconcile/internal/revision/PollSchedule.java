package dev.fluke.reconcile.internal.revision;

import dev.fluke.reconcile.internal.memory.Backoff;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides when a source is polled: every interval; after failures less and less often, up to every
 * 5 minutes, with jitter; or when the source asks for it, within an hour. Safe for use by any
 * thread.
 */
final class PollSchedule {
  private static final Logger log = LoggerFactory.getLogger(PollSchedule.class);
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final Duration LONGEST_ASKED_FOR = Duration.ofHours(1);

  private final Scheduler scheduler;
  private final Duration interval;
  private final Backoff retries;
  private boolean running;
  private int failures;
  private Optional<Duration> askedFor = Optional.empty();
  private Scheduler.@Nullable Timer timer;
  private @Nullable Instant nextTry;

  PollSchedule(Scheduler scheduler, Duration interval) {
    this.scheduler = scheduler;
    this.interval = interval;
    Duration longest = interval.compareTo(LONGEST) > 0 ? interval : LONGEST;
    this.retries = new Backoff(interval, longest, Backoff.Jitter.SOONER);
  }

  void start(Supplier<CompletableFuture<?>> poll) {
    synchronized (this) {
      running = true;
    }
    wait(poll);
  }

  private synchronized void wait(Supplier<CompletableFuture<?>> poll) {
    if (running) {
      Duration delay = delay();
      nextTry = scheduler.now().plus(delay);
      timer =
          scheduler.after(
              delay,
              () -> {
                var unused = poll.get().whenComplete((done, failure) -> next(poll, failure));
              });
    }
  }

  /** Also if what followed the poll failed: the source must be polled again. */
  private void next(Supplier<CompletableFuture<?>> poll, @Nullable Throwable failure) {
    wait(poll);
    if (failure != null) {
      log.error("what follows a poll failed; the source is polled again", failure);
    }
  }

  private Duration delay() {
    if (failures == 0) {
      return interval;
    }
    if (askedFor.isPresent()) {
      Duration asked = askedFor.get();
      asked = asked.compareTo(LONGEST_ASKED_FOR) > 0 ? LONGEST_ASKED_FOR : asked;
      return asked.compareTo(interval) > 0 ? asked : interval;
    }
    return retries.after(failures - 1, scheduler.random());
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
