package dev.fluke.cli.http;

import dev.fluke.reconcile.Reconciler;
import dev.fluke.report.CycleReport;
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import dev.fluke.text.Json;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Starts plans and manual runs, and keeps the latest 200. Safe for use by any thread. */
final class Runs {
  private static final int KEPT = 200;
  private static final Duration FOR_EARLY_END = Duration.ofSeconds(1);

  private final Reconciler reconciler;
  private final Scheduler scheduler;
  private final Map<String, Run> runs = new LinkedHashMap<>();
  private final AtomicLong last = new AtomicLong();

  /** A plan or a manual run with its result. */
  private record Run(String kind, CompletableFuture<Map<String, Object>> result) {}

  Runs(Reconciler reconciler, Scheduler scheduler) {
    this.reconciler = reconciler;
    this.scheduler = scheduler;
  }

  /** The id of the next run. */
  String newId() {
    return String.valueOf(last.incrementAndGet());
  }

  /** Starts a manual run; {@code end} is given its report, or why it has none. */
  Map<String, Object> reconcile(
      String id, ManualRun run, BiConsumer<@Nullable CycleReport, @Nullable Throwable> end) {
    CompletableFuture<CycleReport> report = submitted(run);
    var unused = report.whenComplete((done, failure) -> end.accept(done, failure));
    return started(id, new Run("report", report.thenApply(done -> Json.readObject(done.toJson()))));
  }

  private CompletableFuture<CycleReport> submitted(ManualRun run) {
    try {
      return reconciler.submit(run);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Starts a plan. */
  Map<String, Object> plan(String id, Scope scope) {
    CompletableFuture<Map<String, Object>> result = new CompletableFuture<>();
    var unused =
        scheduler.start(
            "fluke plan",
            () -> {
              try {
                result.complete(Json.readObject(reconciler.plan(scope).toJson()));
              } catch (RuntimeException e) {
                result.completeExceptionally(e);
              }
            });
    return started(id, new Run("plan", result));
  }

  /** Waits shortly for an early end, so that the response can reject an unknown name. */
  private Map<String, Object> started(String id, Run run) {
    keep(id, run);
    try {
      scheduler.await(run.result(), FOR_EARLY_END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return view(id, run);
  }

  private synchronized void keep(String id, Run run) {
    runs.put(id, run);
    if (runs.size() > KEPT) {
      runs.remove(runs.keySet().iterator().next());
    }
  }

  /** The run with this id, with its result if it has ended. */
  Optional<Map<String, Object>> find(String id) {
    Run run;
    synchronized (this) {
      run = runs.get(id);
    }
    return Optional.ofNullable(run).map(found -> view(id, found));
  }

  private static Map<String, Object> view(String id, Run run) {
    Map<String, Object> view = JsonObject.of("id", id, "done", run.result().isDone());
    if (run.result().isDone()) {
      try {
        view.put(run.kind(), run.result().join());
      } catch (CompletionException e) {
        throw failure(e.getCause() == null ? e : e.getCause());
      }
    }
    return view;
  }

  private static RuntimeException failure(Throwable cause) {
    int status = cause instanceof IllegalArgumentException ? 404 : 503;
    return new ApiException(status, String.valueOf(cause.getMessage()));
  }
}
