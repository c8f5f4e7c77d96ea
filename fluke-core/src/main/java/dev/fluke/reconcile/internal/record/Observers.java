package dev.fluke.reconcile.internal.record;

import dev.fluke.reconcile.internal.config.LoopThread;
import dev.fluke.report.CycleObserver;
import dev.fluke.report.CycleObserver.AppliedStep;
import dev.fluke.report.CycleObserver.CheckedStep;
import dev.fluke.report.CycleReport;
import dev.fluke.report.EndedTask;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Gives what cycles did to the observers of the application, each through a queue of its own. Safe
 * for use by any thread.
 */
public final class Observers {
  private static final Outlet.Size SIZE = new Outlet.Size(10_000, 1);

  private final Scheduler scheduler;
  private final List<Outlet<Observation>> outlets;

  /** One call of an observer. */
  private interface Observation {
    void giveTo(CycleObserver observer) throws Exception;
  }

  public Observers(List<CycleObserver> observers, Scheduler scheduler, LoopThread thread) {
    this.scheduler = scheduler;
    this.outlets = observers.stream().map(each -> outlet(each, scheduler, thread)).toList();
  }

  private static Outlet<Observation> outlet(
      CycleObserver observer, Scheduler scheduler, LoopThread thread) {
    return new Outlet<>("fluke-observer", SIZE, new Queued(observer, scheduler), scheduler, thread);
  }

  public void checked(CheckedStep step) {
    offer(observer -> observer.checked(step));
  }

  public void applied(AppliedStep step) {
    offer(observer -> observer.applied(step));
  }

  public void ended(EndedTask task) {
    offer(observer -> observer.ended(task));
  }

  public void cycleEnded(CycleReport report) {
    offer(observer -> observer.cycleEnded(report));
  }

  private void offer(Observation observation) {
    for (Outlet<Observation> outlet : outlets) {
      outlet.add(observation);
      outlet.wake();
    }
  }

  /** How many values observers lost because they were too slow. */
  public long dropped() {
    return outlets.stream().mapToLong(Outlet::dropped).sum();
  }

  /** Gives the observers time to take what waits for them. */
  public void flush(Duration atMost) throws InterruptedException {
    CompletableFuture<?>[] all =
        outlets.stream().map(Outlet::flush).toArray(CompletableFuture<?>[]::new);
    scheduler.await(CompletableFuture.allOf(all), atMost);
  }

  /** Ends the queues; what they still hold is lost. */
  public void close() {
    outlets.forEach(Outlet::close);
  }

  /** An observer, and how often it was logged that it fails. */
  private static final class Queued implements Outlet.Receiver<Observation> {
    private final CycleObserver observer;
    private final RateLimitedLog failures;

    Queued(CycleObserver observer, Scheduler scheduler) {
      this.observer = observer;
      this.failures = new RateLimitedLog(scheduler);
    }

    @Override
    public void take(List<Observation> observations) throws Exception {
      for (Observation observation : observations) {
        observation.giveTo(observer);
      }
    }

    @Override
    public Optional<Duration> failed(Throwable t) {
      failures.warn(this + " failed; Fluke goes on calling it", t);
      return Optional.empty();
    }

    @Override
    public String toString() {
      return "observer " + observer.getClass().getName();
    }
  }
}
