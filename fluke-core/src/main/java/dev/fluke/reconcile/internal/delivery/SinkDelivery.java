package dev.fluke.reconcile.internal.delivery;

import dev.fluke.alert.Alert;
import dev.fluke.alert.AlertFilter;
import dev.fluke.alert.AlertRejectedException;
import dev.fluke.alert.AlertSink;
import dev.fluke.alert.RetryLaterException;
import dev.fluke.reconcile.internal.config.AlertRoute;
import dev.fluke.reconcile.internal.config.LoopThread;
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
 * Delivers alerts to one sink, apart from the loop; each waits until the sink takes it. After a
 * failure the sink is left alone for a while, and then the alert of another key is tried. Calls the
 * sink on a thread of its own, and without a lock. Safe for use by any thread.
 */
public final class SinkDelivery {
  private static final Logger log = LoggerFactory.getLogger(SinkDelivery.class);
  private static final Duration REFUSED_WAIT = Duration.ofHours(1);
  private static final Duration LONGEST_TRY = Duration.ofMinutes(1);

  private final AlertSink sink;
  private final String name;
  private final AlertFilter filter;
  private final Scheduler scheduler;
  private final LoopThread thread;
  private final SinkReporter reporter;
  private final DeliveryQueue queue = new DeliveryQueue();
  private final RetryPace pace;
  private boolean working;
  private boolean closed;
  private boolean overran;
  private @Nullable Instant nextTry;
  private Scheduler.@Nullable Timer timer;
  private Scheduler.@Nullable Work work;
  private long workers;
  private String lastError = "";
  private long delivered;
  private CompletableFuture<Void> idle = CompletableFuture.completedFuture(null);

  public SinkDelivery(
      AlertRoute route, Scheduler scheduler, LoopThread thread, EventRecorder recorder) {
    this.sink = route.sink();
    this.name = SinkReporter.nameOf(sink);
    this.filter = route.filter();
    this.scheduler = scheduler;
    this.thread = thread;
    this.reporter = new SinkReporter(name, recorder);
    this.pace = new RetryPace(scheduler);
  }

  /**
   * Queues an alert, if it passes the filter; {@link #wake} sends it.
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

  /**
   * Sends what was queued, on a thread of its own. To be called without a lock, since the
   * application may make the thread.
   */
  public void wake() {
    long worker;
    synchronized (this) {
      Optional<Duration> wait = untilNext();
      if (working || closed || wait.isEmpty()) {
        return;
      }
      if (!wait.get().isZero()) {
        wakeAfter(wait.get()); // a new alert may be due before those that wait
        return;
      }
      working = true;
      worker = ++workers;
      idle = new CompletableFuture<>();
    }
    try {
      Scheduler.Work started =
          scheduler.start("fluke-alerts", () -> thread.run(() -> workOff(worker)));
      synchronized (this) {
        if (workers == worker) {
          work = started;
        }
      }
    } catch (Throwable t) {
      notStarted(t);
    }
  }

  private synchronized void notStarted(Throwable t) {
    log.debug("no thread could be started for sink {}", name, t);
    lastError = "no thread could be started: " + ErrorText.of(t);
    pace.failed("", Duration.ZERO);
    stopWorking();
  }

  private void workOff(long worker) {
    try {
      for (DeliveryQueue.Item next = next(); next != null; next = next()) {
        deliver(next);
      }
    } finally {
      stopped(worker);
    }
  }

  /** Also if what should not throw did: then the alert that it had in hand is tried again. */
  private synchronized void stopped(long worker) {
    if (!working || workers != worker) {
      return;
    }
    try {
      DeliveryQueue.Item left = queue.inFlight();
      pace.failed(left == null ? "" : left.alert().key(), Duration.ZERO);
      if (left != null) {
        Duration wait = pace.ofKey(left.tries(), Duration.ZERO);
        queue.failed(left, scheduler.nanoTime() + wait.toNanos());
      }
    } finally {
      stopWorking();
    }
  }

  /** The next alert to try; null if none is due, and then a timer waits for the next. */
  private synchronized DeliveryQueue.@Nullable Item next() {
    overran = false;
    nextTry = null;
    DeliveryQueue.Item item = closed || pace.isPaused() ? null : queue.next(scheduler.nanoTime());
    if (item == null) {
      stopWorking();
    }
    return item;
  }

  private void stopWorking() {
    working = false;
    idle.complete(null);
    if (!closed) {
      untilNext().ifPresent(this::wakeAfter);
    }
  }

  /** How long until the next alert is to be tried; empty if none waits. */
  private Optional<Duration> untilNext() {
    return queue.untilReady(scheduler.nanoTime()).map(pace::atLeast);
  }

  private void wakeAfter(Duration wait) {
    if (timer != null) {
      timer.cancel();
    }
    if (pace.isPaused() || queue.isFailing()) {
      nextTry = scheduler.now().plus(wait);
    }
    timer = scheduler.after(wait, this::wake);
  }

  private void deliver(DeliveryQueue.Item item) {
    log.trace("to {}: {}", name, item.alert());
    int attempt = item.tries();
    Scheduler.@Nullable Timer limit = null;
    try {
      limit = scheduler.after(LONGEST_TRY, () -> overran(item, attempt));
      sink.send(item.alert().triedAt(scheduler.now()));
      taken(item);
    } catch (AlertRejectedException e) {
      rejected(item, e);
    } catch (RetryLaterException e) {
      failed(item, e, e.after().compareTo(REFUSED_WAIT) > 0 ? REFUSED_WAIT : e.after());
    } catch (Throwable t) {
      failed(item, t, Duration.ZERO);
    } finally {
      if (limit != null) {
        limit.cancel();
      }
      Thread.interrupted(); // ours: must not reach the next alert
    }
    if (isDueToReport(item)) {
      reporter.undelivered(item.alert(), lastError());
    }
  }

  private synchronized void overran(DeliveryQueue.Item item, int attempt) {
    if (queue.isInFlight(item, attempt)) {
      overran = true;
      lastError = "did not return within " + Durations.display(LONGEST_TRY);
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
    pace.succeeded();
    delivered++;
    lastError = queue.isRefusing() || queue.isFailing() ? lastError : "";
  }

  /** Only the alerts of the same key wait. */
  private synchronized void rejected(DeliveryQueue.Item item, Throwable t) {
    note(t);
    queue.refused(item, scheduler.nanoTime() + REFUSED_WAIT.toNanos());
  }

  /**
   * All alerts wait, and those of the same key longer.
   *
   * @param atLeast how long all alerts wait at least
   */
  private synchronized void failed(DeliveryQueue.Item item, Throwable t, Duration atLeast) {
    note(t);
    pace.failed(item.alert().key(), atLeast);
    queue.failed(item, scheduler.nanoTime() + pace.ofKey(item.tries(), atLeast).toNanos());
  }

  private void note(Throwable t) {
    if (!overran) {
      lastError = ErrorText.of(t, reporter::hide);
    }
    Throwable masked = ErrorText.masked(t, reporter::hide);
    log.debug("sink {} failed to take an alert: {}", name, lastError, masked);
  }

  private synchronized boolean isDueToReport(DeliveryQueue.Item item) {
    return item.isOwed() && pace.isDueToReport(item.tries()) && item.markReported();
  }

  private synchronized String lastError() {
    return lastError;
  }

  public synchronized SinkStatus status() {
    Optional<Instant> next = Optional.ofNullable(queue.isEmpty() ? null : nextTry);
    return new SinkStatus(name, queue.size(), delivered, queue.dropped(), lastError, next);
  }

  /** Done once no alert is due. */
  public synchronized CompletableFuture<Void> idle() {
    return idle;
  }

  /** Starts no more deliveries, and interrupts the one that is under way. */
  public synchronized void close() {
    closed = true;
    if (timer != null) {
      timer.cancel();
    }
    if (working) {
      interrupt();
    }
    if (!queue.isEmpty()) {
      log.warn("closed while {} alerts were pending for sink {}", queue.size(), name);
    }
  }
}
