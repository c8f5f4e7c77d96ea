package dev.fluke.reconcile;

import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Hands results of the loop to callers, whatever these do with them. */
final class Results {
  private static final Duration FOR_EVER = Duration.ofDays(36_500);

  private final Scheduler scheduler;
  private final Map<Long, CompletableFuture<Void>> underWay = new ConcurrentHashMap<>();
  private final AtomicLong numbers = new AtomicLong();

  Results(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** A copy that completes on a thread of its own, since a caller's callbacks may block. */
  <T> CompletableFuture<T> offTheLoop(CompletableFuture<T> inside) {
    CompletableFuture<T> outside = new CompletableFuture<>();
    CompletableFuture<Void> handedOut = new CompletableFuture<>();
    long number = numbers.incrementAndGet();
    underWay.put(number, handedOut);
    var unused =
        inside.whenComplete(
            (result, failure) ->
                scheduler.start(
                    "fluke-result",
                    () -> {
                      complete(outside, result, failure);
                      underWay.remove(number);
                      handedOut.complete(null);
                    }));
    return outside;
  }

  /** Waits until all results were handed out, at most as long as given: callbacks may block. */
  void close(Duration atMost) {
    CompletableFuture<?>[] all = underWay.values().toArray(CompletableFuture[]::new);
    try {
      scheduler.await(CompletableFuture.allOf(all), atMost);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static <T> void complete(
      CompletableFuture<T> future, @Nullable T result, @Nullable Throwable failure) {
    if (failure == null) {
      future.complete(result);
    } else {
      future.completeExceptionally(causeOf(failure));
    }
  }

  private static Throwable causeOf(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  /** Waits until it is done; an interrupt of the caller shortens nothing. */
  void awaitUninterruptibly(CompletableFuture<?> future) {
    scheduler.awaitUninterruptibly(future, FOR_EVER);
  }

  /** Waits for a result; a failure also shows where the caller waited. */
  <T> T await(CompletableFuture<T> future) {
    try {
      while (!scheduler.await(future, FOR_EVER)) {
        // a hundred years later
      }
      return future.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting; the work goes on", e);
    } catch (CompletionException e) {
      if (causeOf(e) instanceof RuntimeException cause) {
        cause.addSuppressed(new IllegalStateException("the caller waited here"));
        throw cause;
      }
      throw e;
    }
  }
}
