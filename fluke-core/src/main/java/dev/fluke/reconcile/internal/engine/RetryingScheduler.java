package dev.fluke.reconcile.internal.engine;

import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A scheduler whose work starts in the end: if no thread can be had, such as at a limit on
 * processes, it tries again every second. All work of the loop starts here, so that no failed start
 * leaves a lane busy, a permit taken or an alert unsent.
 */
final class RetryingScheduler implements Scheduler {
  private static final Logger log = LoggerFactory.getLogger(RetryingScheduler.class);
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

  private final Scheduler scheduler;
  private volatile boolean failing;

  /** Starts work on the threads of this scheduler. */
  RetryingScheduler(Scheduler scheduler) {
    this.scheduler = scheduler;
    scheduler.after(
        Duration.ZERO, () -> {}); // the timer's thread must be there when others can't be had
  }

  /** Starts the work, now or as soon as there is a thread for it. Never throws. */
  @Override
  public Work start(String name, Runnable work) {
    PatientWork patient = new PatientWork(name, work);
    patient.tryToStart();
    return patient;
  }

  @Override
  public Timer after(Duration delay, Runnable action) {
    return scheduler.after(delay, action);
  }

  @Override
  public Instant now() {
    return scheduler.now();
  }

  @Override
  public long nanoTime() {
    return scheduler.nanoTime();
  }

  @Override
  public RandomGenerator random() {
    return scheduler.random();
  }

  @Override
  public boolean await(CompletableFuture<?> future, Duration atMost) throws InterruptedException {
    return scheduler.await(future, atMost);
  }

  @Override
  public void sleep(Duration time) throws InterruptedException {
    scheduler.sleep(time);
  }

  @Override
  public Scheduler real() {
    return scheduler.real();
  }

  @Override
  public void close() {
    scheduler.close();
  }

  private void started() {
    if (failing) {
      failing = false;
      log.info("threads can be started again");
    }
  }

  private void failed(String name, Throwable why) {
    if (!failing) {
      failing = true;
      log.warn("no thread for '{}'; Fluke tries again every second", name, why);
    }
  }

  /** Work that waits for its thread, or has it. */
  private final class PatientWork implements Work {
    private final String name;
    private final Runnable body;
    private @Nullable Work running;
    private boolean interrupted;

    PatientWork(String name, Runnable body) {
      this.name = name;
      this.body = body;
    }

    void tryToStart() {
      Work begun;
      try {
        begun = scheduler.start(name, body);
      } catch (Throwable t) {
        failed(name, t);
        scheduler.after(BETWEEN_TRIES, this::tryToStart);
        return;
      }
      started();
      boolean late;
      synchronized (this) {
        running = begun;
        late = interrupted;
      }
      if (late) {
        begun.interrupt();
      }
    }

    /** Interrupts the work; if it has no thread yet, as soon as it has. */
    @Override
    public void interrupt() {
      Work begun;
      synchronized (this) {
        interrupted = running == null;
        begun = running;
      }
      if (begun != null) {
        begun.interrupt();
      }
    }
  }
}
