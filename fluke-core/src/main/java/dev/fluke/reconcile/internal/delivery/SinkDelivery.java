package dev.fluke.reconcile.internal.delivery;

import static java.util.Objects.requireNonNull;

import dev.fluke.alert.Alert;
import dev.fluke.alert.AlertFilter;
import dev.fluke.alert.AlertRejectedException;
import dev.fluke.alert.AlertSink;
import dev.fluke.alert.RetryLaterException;
import dev.fluke.event.EventTypes;
import dev.fluke.reconcile.internal.config.AlertRoute;
import dev.fluke.reconcile.internal.config.LoopThread;
import dev.fluke.reconcile.internal.memory.Backoff;
import dev.fluke.reconcile.internal.record.EventRecorder;
import dev.fluke.report.FleetStatus.SinkStatus;
import dev.fluke.text.Durations;
import dev.fluke.text.ErrorText;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers alerts to one sink, apart from the loop; each waits until the sink takes it. If the sink
 * fails, all alerts wait, longer after each failure. If it rejects an alert, only alerts of the
 * same key wait. Safe for use by any thread.
 */
public final class SinkDelivery {
  private static final Logger log = LoggerFactory.getLogger(SinkDelivery.class);
  private static final Backoff RETRIES =
      new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(5), Backoff.Jitter.SOONER);
  private static final Duration REFUSED_WAIT = Duration.ofHours(1);
  private static final Duration LONGEST_TRY = Duration.ofMinutes(1);
  private static final int TRIES_BEFORE_REPORT = 5;

  private final AlertSink sink;
  private final String name;
  private final AlertFilter filter;
  private final Scheduler scheduler;
  private final LoopThread thread;
  private final EventRecorder recorder;
  private final DeliveryQueue queue = new DeliveryQueue();
  private boolean working;
  private boolean closed;
  private boolean overran;
  private int failures;
  private @Nullable Instant nextTry;
  private Scheduler.@Nullable Timer timer;
  private Scheduler.@Nullable Work work;
  private String lastError = "";
  private long delivered;
  private CompletableFuture<Void> idle = CompletableFuture.completedFuture(null);

  public SinkDelivery(
      AlertRoute route, Scheduler scheduler, LoopThread thread, EventRecorder recorder) {
    this.sink = route.sink();
    this.name = nameOf(sink);
    this.filter = route.filter();
    this.scheduler = scheduler;
    this.thread = thread;
    this.recorder = recorder;
  }

  /** Calls the sink once, so that a failing name() does no harm later. */
  private static String nameOf(AlertSink sink) {
    try {
      return requireNonNull(sink.name());
    } catch (Throwable t) {
      return sink.getClass().getName();
    }
  }

  /**
   * Queues an alert, if it passes the filter.
   *
   * @param incident the number of its incident
   * @param opening whether it is the first alert of its incident
   */
  public void offer(long incident, boolean opening, Alert alert) {
    if (!filter.lets(alert)) {
      return;
    }
    synchronized (this) {
      if (!closed) {
        queue.add(incident, opening, alert);
      }
    }
    wake();
  }

  /**
   * Queues the end of an incident, unless the sink never received its beginning.
   *
   * @param nothingDone whether nothing was applied; else the end is sent in any case
   */
  public void close(long incident, Alert end, boolean nothingDone) {
    synchronized (this) {
      if (nothingDone && queue.forgetUnheard(incident)) {
        return;
      }
    }
    offer(incident, false, end);
  }

  private void wake() {
    synchronized (this) {
      if (working || closed || queue.isEmpty() || nextTry != null) {
        return;
      }
      working = true;
      idle = new CompletableFuture<>();
      work = scheduler.start("fluke-alerts", () -> thread.run(this::workOff));
    }
  }

  private void workOff() {
    for (DeliveryQueue.Item next = next(); next != null; next = next()) {
      deliver(next);
    }
  }

  /** The next alert to try; null if none is due, and then a timer waits for the next. */
  private synchronized DeliveryQueue.@Nullable Item next() {
    DeliveryQueue.Item item = closed || nextTry != null ? null : queue.next(scheduler.nanoTime());
    overran = false;
    if (item == null) {
      working = false;
      idle.complete(null);
      if (!closed && nextTry == null) {
        queue.untilDue(scheduler.nanoTime()).ifPresent(this::wakeAfter);
      }
    }
    return item;
  }

  private void wakeAfter(Duration wait) {
    if (timer != null) {
      timer.cancel();
    }
    timer = scheduler.after(wait, this::wake);
  }

  private void deliver(DeliveryQueue.Item item) {
    log.trace("to {}: {}", name, item.alert());
    int attempt = item.tries();
    Scheduler.Timer limit = scheduler.after(LONGEST_TRY, () -> overran(item, attempt));
    try {
      sink.send(item.alert().triedAt(scheduler.now()));
      taken(item);
    } catch (AlertRejectedException e) {
      failed(item, e, null);
    } catch (RetryLaterException e) {
      failed(item, e, e.after().compareTo(REFUSED_WAIT) > 0 ? REFUSED_WAIT : e.after());
    } catch (Throwable t) {
      failed(item, t, Duration.ZERO);
    } finally {
      limit.cancel();
      Thread.interrupted(); // ours: must not reach the next alert
    }
    if (item.tries() == TRIES_BEFORE_REPORT) {
      reportUndelivered(item);
    }
  }

  private synchronized void overran(DeliveryQueue.Item item, int attempt) {
    if (queue.isInFlight(item, attempt)) {
      overran = true;
      interrupt();
    }
  }

  private void interrupt() {
    if (work != null) {
      work.interrupt();
    }
  }

  private synchronized void taken(DeliveryQueue.Item item) {
    queue.delivered(item);
    delivered++;
    failures = 0;
    lastError = queue.isRefusing() ? lastError : "";
  }

  /**
   * Keeps the alert in the queue.
   *
   * @param atLeast how long all alerts wait at least; null if only those of the same key wait
   */
  private synchronized void failed(
      DeliveryQueue.Item item, Throwable t, @Nullable Duration atLeast) {
    lastError =
        overran ? "did not return within " + Durations.display(LONGEST_TRY) : ErrorText.of(t);
    log.debug("sink {} failed to take an alert: {}", name, lastError);
    if (atLeast == null) {
      queue.refused(item, scheduler.nanoTime() + REFUSED_WAIT.toNanos());
      return;
    }
    queue.again(item);
    Duration wait = RETRIES.after(failures, scheduler.random());
    wait = wait.compareTo(atLeast) > 0 ? wait : atLeast;
    failures++;
    if (closed) {
      return;
    }
    nextTry = scheduler.now().plus(wait);
    timer = scheduler.after(wait, this::tryAgain);
  }

  private void tryAgain() {
    synchronized (this) {
      nextTry = null;
    }
    wake();
  }

  private void reportUndelivered(DeliveryQueue.Item item) {
    if (!item.isOwed()) {
      return;
    }
    Alert alert = item.alert();
    log.warn("sink {} took alert {} ({}) in none of 5 tries", name, alert.id(), alert.event());
    recorder.publish(
        EventTypes.ALERT_UNDELIVERED,
        event ->
            event
                .with("sink", name)
                .with("alert", alert.event())
                .with("id", alert.id())
                .with("key", alert.key())
                .with("message", lastError()));
  }

  private synchronized String lastError() {
    return lastError;
  }

  public synchronized SinkStatus status() {
    return new SinkStatus(
        name, queue.size(), delivered, queue.dropped(), lastError, Optional.ofNullable(nextTry));
  }

  /** Waits until no alert is due, at most as long as given, then starts no more deliveries. */
  public void close(Duration atMost) {
    CompletableFuture<Void> running;
    synchronized (this) {
      running = idle;
    }
    boolean done = false;
    try {
      done = scheduler.await(running, atMost);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (this) {
      closed = true;
      if (timer != null) {
        timer.cancel();
      }
      if (!done) {
        interrupt();
      }
      if (!queue.isEmpty()) {
        log.warn("closed while {} alerts were pending for sink {}", queue.size(), name);
      }
    }
  }
}
