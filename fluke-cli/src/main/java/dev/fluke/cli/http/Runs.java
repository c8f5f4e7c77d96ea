package dev.fluke.cli.http;

import dev.fluke.cli.access.Caller;
import dev.fluke.cli.access.Right;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.report.CycleReport;
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import dev.fluke.text.Json;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Starts plans and manual runs, and shows their results. Safe for use by any thread. */
final class Runs {
  private static final Duration FOR_EARLY_END = Duration.ofSeconds(1);

  /** Requests that wait for an early end, so that they leave threads to others. */
  private static final int EARLY_ENDS = 8;

  private final Reconciler reconciler;
  private final Scheduler scheduler;
  private final KeptRuns<Run> runs = new KeptRuns<>();
  private final Semaphore earlyEnds = new Semaphore(EARLY_ENDS);
  private final AtomicLong last = new AtomicLong();

  /** A plan or a manual run with its result. */
  private record Run(
      Caller owner, String kind, Scope scope, CompletableFuture<Map<String, Object>> result)
      implements KeptRuns.Kept {
    Run(Caller owner, String kind, Scope scope) {
      this(owner, kind, scope, new CompletableFuture<>());
    }

    /** Ends with the result, or else with the failure. */
    void end(@Nullable Map<String, Object> done, @Nullable Throwable failure) {
      if (done != null) {
        result.complete(done);
      } else {
        result.completeExceptionally(failure == null ? new IllegalStateException() : failure);
      }
    }

    @Override
    public String caller() {
      return owner.name();
    }

    @Override
    public boolean isDone() {
      return result.isDone();
    }
  }

  Runs(Reconciler reconciler, Scheduler scheduler) {
    this.reconciler = reconciler;
    this.scheduler = scheduler;
  }

  /**
   * The scope that runs in place of the one that a caller requested.
   *
   * @throws ApiException with 403 if the caller may not act on the whole scope
   */
  Scope within(Caller caller, Scope scope) {
    return access(caller).within(scope);
  }

  private ScopeAccess access(Caller caller) {
    return new ScopeAccess(caller, reconciler);
  }

  /** Keeps a run that is about to begin, and gives it an id. */
  private void open(Call call, Run run) {
    String id = String.valueOf(last.incrementAndGet());
    runs.add(id, run);
    call.starts(id);
  }

  /**
   * Starts a manual run; {@code end} is given its report, or why it has none.
   *
   * @param run its scope is {@link #within} what the caller may act on
   * @param begin runs before; if it throws, the run does not begin
   * @throws ApiException with 429 if the caller has too many runs that have not ended
   */
  Map<String, Object> reconcile(
      Call call,
      ManualRun run,
      Runnable begin,
      BiConsumer<@Nullable CycleReport, @Nullable Throwable> end) {
    Run opened = new Run(call.caller(), "report", run.scope());
    open(call, opened);
    try {
      begin.run();
    } catch (Throwable e) {
      runs.remove(call.run());
      throw e;
    }
    var unused =
        submitted(run)
            .whenComplete((done, failure) -> end.accept(done, failure))
            .thenApply(done -> Json.readObject(done.toJson()))
            .whenComplete(opened::end);
    return started(call.run(), opened);
  }

  private CompletableFuture<CycleReport> submitted(ManualRun run) {
    try {
      return reconciler.submit(run);
    } catch (Throwable e) { // without an end, it would count as one of the caller
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * Starts a plan of a scope {@link #within} what the caller may act on.
   *
   * @throws ApiException with 429 if the caller has too many runs that have not ended
   */
  Map<String, Object> plan(Call call, Scope scope) {
    Run opened = new Run(call.caller(), "plan", scope);
    open(call, opened);
    var unused =
        scheduler.start(
            "fluke plan",
            () -> {
              try {
                opened.end(Json.readObject(reconciler.plan(scope).toJson()), null);
              } catch (Throwable e) { // without an end, it would count as one of the caller
                opened.end(null, e);
              }
            });
    return started(call.run(), opened);
  }

  /**
   * Waits shortly for an early end, so that the response can reject an unknown name. If many wait
   * already, it does not.
   */
  private Map<String, Object> started(String id, Run run) {
    if (earlyEnds.tryAcquire()) {
      try {
        scheduler.await(run.result(), FOR_EARLY_END);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        earlyEnds.release();
      }
    }
    return view(id, run, run.owner());
  }

  /**
   * The run with this id, with its result if it has ended, and what its failed applies printed;
   * empty if the caller may not see it. A caller sees his own runs; one who may read all agents
   * sees all runs. The id of a report, event or status stands for the outputs alone; they are for
   * callers who may read.
   *
   * @param agent shows only the outputs of this one, if it is given
   */
  Optional<Map<String, Object>> find(Caller caller, String id, Optional<String> agent) {
    Optional<Run> kept = runs.find(id);
    if (kept.isPresent()) {
      return kept.filter(found -> mayRead(caller, found))
          .map(found -> withOutputs(view(id, found, caller), caller, agent));
    }
    Map<String, Object> view = JsonObject.of("id", id, "done", true);
    boolean isKnown =
        caller.may(Right.READ)
            && new RunOutputs(reconciler).addTo(view, caller, List.of(id), agent);
    return isKnown ? Optional.of(view) : Optional.empty();
  }

  private Map<String, Object> withOutputs(
      Map<String, Object> view, Caller caller, Optional<String> agent) {
    if (view.get("report") instanceof Map<?, ?> report
        && report.get("tasks") instanceof List<?> tasks) {
      List<String> ids =
          tasks.stream()
              .map(task -> task instanceof Map<?, ?> one ? String.valueOf(one.get("run")) : "")
              .toList();
      boolean unused = new RunOutputs(reconciler).addTo(view, caller, ids, agent);
    }
    return view;
  }

  private static boolean mayRead(Caller caller, Run run) {
    return run.owner().name().equals(caller.name())
        || (caller.may(Right.READ) && !caller.isRestricted());
  }

  private Map<String, Object> view(String id, Run run, Caller caller) {
    Map<String, Object> view = JsonObject.of("id", id, "done", run.result().isDone());
    if (run.result().isDone()) {
      try {
        view.put(run.kind(), shown(run.result().join(), caller));
      } catch (CompletionException e) {
        throw failure(run, e.getCause() == null ? e : e.getCause());
      }
    }
    return view;
  }

  /** The result without what the caller may not see, such as agents whose labels changed. */
  private Map<String, Object> shown(Map<String, Object> result, Caller caller) {
    if (!caller.isRestricted() || !(result.get("tasks") instanceof List<?> tasks)) {
      return result;
    }
    Set<String> hidden =
        reconciler.status().agents().stream()
            .filter(agent -> !caller.knows(agent.name(), agent.labels()))
            .map(agent -> agent.name())
            .collect(Collectors.toSet());
    Map<String, Object> shown = new LinkedHashMap<>(result);
    shown.put(
        "tasks",
        tasks.stream()
            .filter(task -> !(task instanceof Map<?, ?> one && hidden.contains(one.get("agent"))))
            .toList());
    if (result.get("notes") instanceof List<?> notes) {
      shown.put("notes", notes.stream().filter(note -> !isAboutLabels(note.toString())).toList());
    }
    return shown;
  }

  /** Such a note suggests labels of all agents. */
  private static boolean isAboutLabels(String note) {
    return note.startsWith("no agent has a label '");
  }

  private RuntimeException failure(Run run, Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    return cause instanceof IllegalArgumentException
        ? access(run.owner()).unknown(run.scope(), message)
        : new ApiException(503, message);
  }
}
