package dev.fluke.testkit;

import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What each call of a faulty thing passes first: there it hangs or fails, or goes on. */
final class FaultGate {
  private static final Duration FOR_EVER = Duration.ofDays(36_500);

  private final Scheduler time;
  private @Nullable Set<String> methods; // null: all
  private @Nullable Throwable failure;
  private int failures;
  private @Nullable CompletableFuture<Void> closed;
  private boolean stubborn;
  private int calls;
  private int hanging;

  FaultGate(Scheduler time) {
    this.time = time;
  }

  synchronized void only(Set<String> some) {
    methods = some;
  }

  void works() {
    change(null, 0, null, false);
  }

  void hangs(boolean stubbornly) {
    change(null, 0, new CompletableFuture<>(), stubbornly);
  }

  void fails(Throwable with, int times) {
    change(with, times, null, false);
  }

  private void change(
      @Nullable Throwable with, int times, @Nullable CompletableFuture<Void> hang, boolean hard) {
    CompletableFuture<Void> before;
    synchronized (this) {
      before = closed;
      failure = with;
      failures = times;
      closed = hang;
      stubborn = hard;
    }
    if (before != null) {
      before.complete(null);
    }
  }

  synchronized int calls() {
    return calls;
  }

  synchronized int hanging() {
    return hanging;
  }

  /** Lets a call pass, or makes it hang or fail. */
  void pass(String method) {
    synchronized (this) {
      if (methods != null && !methods.contains(method)) {
        return;
      }
      calls++;
    }
    while (true) {
      CompletableFuture<Void> hang;
      boolean hard;
      synchronized (this) {
        if (failure != null && failures > 0) {
          failures -= failures == Integer.MAX_VALUE ? 0 : 1;
          throw FaultGate.<RuntimeException>sneaky(failure);
        }
        if (closed == null) {
          return;
        }
        hang = closed;
        hard = stubborn;
        hanging++;
      }
      try {
        await(hang, hard);
      } finally {
        synchronized (this) {
          hanging--;
        }
      }
    }
  }

  private void await(CompletableFuture<Void> hang, boolean hard) {
    boolean interrupted = false;
    while (!hang.isDone()) {
      try {
        time.await(hang, FOR_EVER);
      } catch (InterruptedException e) {
        if (!hard) {
          throw FaultGate.<RuntimeException>sneaky(e);
        }
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as foreign code may throw
  private static <E extends Throwable> E sneaky(Throwable any) throws E {
    throw (E) any;
  }
}
