package dev.fluke.reconcile.internal.engine;

import dev.fluke.reconcile.internal.config.LoopThread;
import dev.fluke.text.ErrorText;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes several parts side by side within one limit of time. A part that throws or hangs keeps no
 * other from closing; the log names it.
 */
final class Closing {
  private static final Logger log = LoggerFactory.getLogger(Closing.class);
  private static final Duration MARGIN = Duration.ofMillis(200);

  private final Scheduler scheduler;
  private final LoopThread thread;
  private final Map<String, Part> parts = new LinkedHashMap<>();

  /** Closes itself within a time. */
  interface Part {
    void close(Duration atMost) throws Exception;
  }

  Closing(Scheduler scheduler, LoopThread thread) {
    this.scheduler = scheduler;
    this.thread = thread;
  }

  /** Adds a part. */
  Closing and(String name, Part part) {
    parts.put(name, part);
    return this;
  }

  /** Closes all parts; returns when they are closed, at latest 200 ms after the time is over. */
  void within(Duration atMost) {
    Map<String, CompletableFuture<Void>> ends = new LinkedHashMap<>();
    parts.forEach((name, part) -> ends.put(name, start(name, part, atMost)));
    CompletableFuture<Void> all =
        CompletableFuture.allOf(ends.values().toArray(CompletableFuture[]::new));
    if (!scheduler.awaitUninterruptibly(all, atMost.plus(MARGIN))) {
      List<String> open = new ArrayList<>(ends.keySet());
      open.removeIf(name -> ends.getOrDefault(name, new CompletableFuture<>()).isDone());
      log.warn("{} did not close in time; Fluke stops waiting", String.join(", ", open));
    }
  }

  private CompletableFuture<Void> start(String name, Part part, Duration atMost) {
    CompletableFuture<Void> end = new CompletableFuture<>();
    scheduler.start(
        "fluke-close " + name,
        () -> {
          try {
            thread.run(() -> close(name, part, atMost));
          } finally {
            end.complete(null);
          }
        });
    return end;
  }

  private static void close(String name, Part part, Duration atMost) {
    try {
      part.close(atMost);
    } catch (Throwable t) {
      log.warn("{} failed to close: {}", name, ErrorText.of(t));
      log.debug("{} failed to close", name, t);
    }
  }
}
