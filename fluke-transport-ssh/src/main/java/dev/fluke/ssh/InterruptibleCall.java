package dev.fluke.ssh;

import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Gives a limit and an interrupt to calls that have neither. The call runs on a thread of its own;
 * when the wait for it ends early, what the call waits for is closed.
 */
final class InterruptibleCall {
  /** A call whose socket was closed should return by then; a test sees a thread that does not. */
  private static final Duration TO_RETURN = Duration.ofSeconds(1);

  private final Scheduler scheduler;

  InterruptibleCall(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** The call did not return within its limit. */
  static final class TimedOutException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Makes the call, and throws what it throws.
   *
   * @param name of the thread
   * @param abort closes what the call waits for, such as a socket; run when the limit has passed or
   *     this thread is interrupted
   * @throws TimedOutException if the limit passed first
   * @throws InterruptedException if this thread was interrupted first
   */
  <T> T call(String name, Duration limit, Runnable abort, Callable<T> body) throws Exception {
    CompletableFuture<T> done = new CompletableFuture<>();
    scheduler.start(name, () -> complete(done, body));
    boolean inTime;
    try {
      inTime = scheduler.await(done, limit);
    } catch (InterruptedException e) {
      abort.run();
      Thread.interrupted(); // or the next wait would end at once
      scheduler.await(done, TO_RETURN);
      throw e;
    }
    if (!inTime) {
      abort.run();
      scheduler.await(done, TO_RETURN);
      throw new TimedOutException();
    }
    return resultOf(done);
  }

  private static <T> void complete(CompletableFuture<T> done, Callable<T> body) {
    try {
      done.complete(body.call());
    } catch (Throwable t) {
      done.completeExceptionally(t);
    }
  }

  private static <T> T resultOf(CompletableFuture<T> done) throws Exception {
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
