package dev.fluke.reconcile.internal.revision;

import dev.fluke.event.EventTypes;
import dev.fluke.reconcile.internal.record.EventRecorder;
import dev.fluke.text.Durations;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a source answers, and since when it has not. Publishes each change as an event. Safe for
 * use by any thread.
 */
final class SourceAvailability {
  /** After this time, the status says that a poll has no answer yet. */
  static final Duration SILENCE = Duration.ofSeconds(30);

  /** After this time, a source without an answer counts as unavailable. */
  static final Duration LONG_SILENCE = Duration.ofMinutes(10);

  private final String name;
  private final Scheduler scheduler;
  private final EventRecorder recorder;
  private String unavailable = "";
  private boolean lacksLibrary;
  private @Nullable Instant answeredAt;
  private @Nullable Instant pollingSince;
  private long pollBegan;

  SourceAvailability(String name, Scheduler scheduler, EventRecorder recorder) {
    this.name = name;
    this.scheduler = scheduler;
    this.recorder = recorder;
  }

  synchronized void pollBegan() {
    pollBegan = scheduler.nanoTime();
    pollingSince = scheduler.now();
  }

  synchronized void pollEnded() {
    pollingSince = null;
  }

  void answered() {
    boolean recovered;
    synchronized (this) {
      answeredAt = scheduler.now();
      recovered = !unavailable.isEmpty();
      unavailable = "";
    }
    if (recovered) {
      recorder.publish(EventTypes.SOURCE_RECOVERED, event -> event.with("source", name));
    }
  }

  /**
   * A poll failed.
   *
   * @param publish whether an event may say so
   */
  void failed(String why, boolean publish) {
    failed(why, false, publish);
  }

  /**
   * As {@link #failed(String, boolean)}.
   *
   * @param lacksLibrary whether a library does not fit, so that the source was not even asked
   * @param publish whether an event may say so
   */
  void failed(String why, boolean lacksLibrary, boolean publish) {
    boolean isNews;
    synchronized (this) {
      isNews = unavailable.isEmpty();
      unavailable = why;
      this.lacksLibrary = lacksLibrary;
    }
    if (isNews && publish) {
      publishUnavailable(why);
    }
  }

  /** The source counts as unavailable if the poll under way has had no answer for long. */
  void reportLongSilence() {
    String why = "no answer for " + Durations.display(LONG_SILENCE);
    boolean isNews;
    synchronized (this) {
      if (pollingSince == null || silence().compareTo(LONG_SILENCE) < 0) {
        return; // it answered meanwhile
      }
      isNews = unavailable.isEmpty();
      unavailable = why;
      lacksLibrary = false;
    }
    if (isNews) {
      publishUnavailable(why);
    }
  }

  private void publishUnavailable(String why) {
    recorder.publish(
        EventTypes.SOURCE_UNREACHABLE, event -> event.with("source", name).with("message", why));
  }

  /** Why it is unavailable; empty if it is not. */
  synchronized String why() {
    return unavailable;
  }

  synchronized Optional<Instant> answeredAt() {
    return Optional.ofNullable(answeredAt);
  }

  /** Why it is unavailable, or how long a poll has had no answer; empty if neither is so. */
  synchronized String lastError() {
    if (pollingSince != null && silence().compareTo(SILENCE) >= 0) {
      return "no answer for %s: polled since %s"
          .formatted(Durations.display(silence()), pollingSince.truncatedTo(ChronoUnit.SECONDS));
    }
    return unavailable.isEmpty() ? "" : word() + ": " + unavailable;
  }

  /** What the source is while it does not answer. */
  synchronized String word() {
    return lacksLibrary ? "not usable" : "unavailable";
  }

  private Duration silence() {
    return Duration.ofNanos(scheduler.nanoTime() - pollBegan);
  }
}
