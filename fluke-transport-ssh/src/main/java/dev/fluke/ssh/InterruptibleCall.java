package dev.fluke.ssh;

import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Waits for calls that heed neither limit nor interrupt: they run on a thread of their own, and
 * what they wait for is taken from them when the wait is over.
 */
final class InterruptibleCall {
  private static final Duration TO_COME_BACK = Duration.ofSeconds(1);

  private final Scheduler real;

  InterruptibleCall(Scheduler real) {
    this.real = real;
  }

  /** The call did not come back in time. */
  static final class OverException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Makes the call.
   *
   * @param giveUp takes from the call what it waits for, such as its socket; called if the limit is
   *     over or the thread is interrupted
   * @throws OverException if the limit was over first
   * @throws InterruptedException if the thread was interrupted first
   */
  <T> T call(String name, Duration limit, Runnable giveUp, Callable<T> body) throws Exception {
    CompletableFuture<T> done = new CompletableFuture<>();
    real.start(
        name,
        () -> {
          try {
            done.complete(body.call());
          } catch (Throwable t) {
            done.completeExceptionally(t);
          }
        });
    boolean over;
    try {
      over = !real.await(done, limit);
    } catch (InterruptedException e) {
      giveUp.run();
      Thread.interrupted();
      real.await(done, TO_COME_BACK);
      throw e;
    }
    if (over) {
      giveUp.run();
      real.await(done, TO_COME_BACK);
      throw new OverException();
    }
    try {
      return done.get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof Error error) {
        throw error;
      }
      throw cause instanceof Exception exception ? exception : e;
    }
  }
}
