package dev.fluke.cli.http;

import dev.fluke.reconcile.Reconciler;
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Plans and manual runs that were asked for; the latest 200 can be asked after. */
final class Runs {
  private static final int KEPT = 200;
  private static final Duration FOR_A_REFUSAL = Duration.ofSeconds(1);

  private final Reconciler reconciler;
  private final Scheduler scheduler;
  private final Map<String, Run> runs = new LinkedHashMap<>();
  private long last;

  /** One of them, with what it gives in the end. */
  private record Run(String kind, CompletableFuture<Map<String, Object>> result) {}

  Runs(Reconciler reconciler, Scheduler scheduler) {
    this.reconciler = reconciler;
    this.scheduler = scheduler;
  }

  Map<String, Object> reconcile(ManualRun run) {
    return begun(new Run("report", reconciler.submit(run).thenApply(Views::report)));
  }

  Map<String, Object> plan(Scope scope) {
    CompletableFuture<Map<String, Object>> result = new CompletableFuture<>();
    var unused =
        scheduler.start(
            "fluke plan",
            () -> {
              try {
                result.complete(Views.plan(reconciler.plan(scope)));
              } catch (RuntimeException e) {
                result.completeExceptionally(e);
              }
            });
    return begun(new Run("plan", result));
  }

  /** A name that is not known is told at once, so this waits a moment. */
  private Map<String, Object> begun(Run run) {
    String id = keep(run);
    try {
      scheduler.await(run.result(), FOR_A_REFUSAL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return told(id, run);
  }

  private synchronized String keep(Run run) {
    String id = String.valueOf(++last);
    runs.put(id, run);
    if (runs.size() > KEPT) {
      runs.remove(runs.keySet().iterator().next());
    }
    return id;
  }

  Optional<Map<String, Object>> find(String id) {
    Run run;
    synchronized (this) {
      run = runs.get(id);
    }
    return Optional.ofNullable(run).map(found -> told(id, found));
  }

  private static Map<String, Object> told(String id, Run run) {
    Map<String, Object> told = Views.object("id", id, "done", run.result().isDone());
    if (run.result().isDone()) {
      try {
        told.put(run.kind(), run.result().join());
      } catch (CompletionException e) {
        throw refused(e.getCause() == null ? e : e.getCause());
      }
    }
    return told;
  }

  private static RuntimeException refused(Throwable why) {
    int status = why instanceof IllegalArgumentException ? 404 : 503;
    return new ApiException(status, String.valueOf(why.getMessage()));
  }
}
