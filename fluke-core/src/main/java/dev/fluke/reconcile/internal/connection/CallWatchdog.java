package dev.fluke.reconcile.internal.connection;

import dev.fluke.text.Durations;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Enforces the limit of every call out of the loop. At the limit it interrupts the call's thread.
 * At four times the limit it reports the lane as stuck until the call returns.
 *
 * <p>One for each lane. Its timer is armed once and moved on lazily, so that a guarded call costs
 * next to nothing.
 */
final class CallWatchdog {
  private static final int PATIENCE = 4;

  private final Scheduler scheduler;
  private final Runnable interrupt;
  private final Function<String, Runnable> stuck;
  private final Deque<Call> calls = new ArrayDeque<>();
  private long timerAt;
  private Scheduler.@Nullable Timer timer;

  /**
   * A watchdog without calls.
   *
   * @param interrupt interrupts the thread of the call under way
   * @param stuck gets the name of a call that ignores its interrupt, while that call can't return;
   *     what it gives is run once the call may return
   */
  CallWatchdog(Scheduler scheduler, Runnable interrupt, Function<String, Runnable> stuck) {
    this.scheduler = scheduler;
    this.interrupt = interrupt;
    this.stuck = stuck;
  }

  /**
   * Runs the call under a limit; calls may nest, and the innermost counts.
   *
   * @throws OverranException if it did not end in time, whatever it returned or threw
   */
  <T> T call(String what, Duration limit, Callable<T> body) throws Exception {
    Call call = new Call(what, limit.toNanos());
    synchronized (this) {
      calls.push(call);
      call.begin(scheduler.nanoTime());
      arm(call.interruptAt);
    }
    try {
      T result = body.call();
      if (call.interrupted) {
        throw new OverranException(what, limit);
      }
      return result;
    } catch (OverranException e) {
      throw e;
    } catch (Throwable t) {
      if (call.interrupted) {
        OverranException overran = new OverranException(what, limit);
        overran.addSuppressed(t);
        throw overran;
      }
      throw t;
    } finally {
      end(call);
    }
  }

  private synchronized void end(Call call) {
    calls.remove(call);
    if (call.interrupted) {
      Thread.interrupted(); // ours: must not hit what comes next
    }
    Call outer = calls.peek();
    if (outer != null) {
      arm(outer.interrupted ? outer.stuckAt : outer.interruptAt);
    } else if (call.interrupted && timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  private void arm(long at) {
    if (timer != null && timerAt - at <= 0) {
      return; // fires no later than needed, and looks again then
    }
    if (timer != null) {
      timer.cancel();
    }
    timerAt = at;
    timer = scheduler.after(Duration.ofNanos(at - scheduler.nanoTime()), this::look);
  }

  private void look() {
    Runnable rest = null;
    synchronized (this) {
      timer = null;
      Call call = calls.peek();
      if (call == null) {
        return;
      }
      long now = scheduler.nanoTime();
      if (!call.interrupted && call.interruptAt - now <= 0) {
        call.interrupted = true;
        interrupt.run();
      }
      if (call.interrupted && call.stuckAt - now <= 0) {
        rest = stuck.apply(call.what);
      } else {
        arm(call.interrupted ? call.stuckAt : call.interruptAt);
      }
    }
    if (rest != null) {
      rest.run();
    }
  }

  private static final class Call {
    private final String what;
    private final long limit;
    private long interruptAt;
    private long stuckAt;
    private volatile boolean interrupted;

    Call(String what, long limit) {
      this.what = what;
      this.limit = limit;
    }

    void begin(long now) {
      interruptAt = now + limit;
      stuckAt = now + PATIENCE * limit;
    }
  }

  /** A call did not end in time. */
  static final class OverranException extends Exception {
    private static final long serialVersionUID = 1L;

    OverranException(String what, Duration limit) {
      super(what + " took longer than " + Durations.display(limit));
    }
  }
}
