package dev.fluke.tests.support;

import dev.fluke.testkit.FlukeKit;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** Calls that wait, made on a thread of the application's, so that the test can go on. */
public final class Later {
  private Later() {}

  public static <T> CompletableFuture<T> call(FlukeKit kit, Callable<T> call) {
    CompletableFuture<T> result = new CompletableFuture<>();
    kit.time()
        .start(
            "application",
            () -> {
              try {
                result.complete(call.call());
              } catch (Throwable t) {
                result.completeExceptionally(t);
              }
            });
    return result;
  }

  /** Waits for it and ignores all interrupts, as some calls do. */
  public static void awaitStubbornly(FlukeKit kit, CompletableFuture<?> letGo) {
    while (!letGo.isDone()) {
      try {
        kit.time().await(letGo, Duration.ofDays(1));
      } catch (InterruptedException ignored) {
        // as calls that ignore their interrupt do
      }
    }
  }
}
