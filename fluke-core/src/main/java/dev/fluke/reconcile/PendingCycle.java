package dev.fluke.reconcile;

import dev.fluke.report.CycleReport;
import dev.fluke.report.Plan;
import dev.fluke.report.Plan.PlannedTask;
import dev.fluke.report.TaskReport;
import dev.fluke.report.Trigger;
import dev.fluke.request.ManualRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A cycle that was opened and waits for the last of its agents. */
final class PendingCycle {
  private final long number;
  private final Trigger trigger;
  private final Optional<ManualRun> run;
  private final Instant startedAt;
  private final Supplier<Instant> clock;
  private final SortedSet<String> missing;
  private final SortedMap<String, List<TaskReport>> reports = new TreeMap<>();
  private final SortedMap<String, List<PlannedTask>> planned = new TreeMap<>();
  private final List<String> notes;
  private final boolean complete;
  private final CompletableFuture<CycleReport> report = new CompletableFuture<>();
  private final CompletableFuture<Plan> plan = new CompletableFuture<>();

  PendingCycle(
      long number,
      Trigger trigger,
      Optional<ManualRun> run,
      Collection<String> agents,
      List<String> notes,
      boolean complete,
      Supplier<Instant> clock) {
    this.number = number;
    this.trigger = trigger;
    this.run = run;
    this.complete = complete;
    this.clock = clock;
    this.startedAt = clock.get();
    this.missing = new TreeSet<>(agents);
    this.notes = new ArrayList<>(notes);
    if (missing.isEmpty()) {
      complete();
    }
  }

  long number() {
    return number;
  }

  Trigger trigger() {
    return trigger;
  }

  CompletableFuture<CycleReport> report() {
    return report;
  }

  CompletableFuture<Plan> plan() {
    return plan;
  }

  void agentDone(
      String agent, List<TaskReport> outcomes, List<PlannedTask> plans, List<String> more) {
    synchronized (this) {
      if (!missing.remove(agent)) {
        return;
      }
      reports.put(agent, outcomes);
      planned.put(agent, plans);
      notes.addAll(more);
      if (!missing.isEmpty()) {
        return;
      }
    }
    complete();
  }

  private CycleReport.Request request() {
    return run.map(asked -> new CycleReport.Request(asked.actor(), asked.reason()))
        .orElse(CycleReport.Request.NONE);
  }

  private void complete() {
    List<TaskReport> all = reports.values().stream().flatMap(List::stream).toList();
    CycleReport found =
        CycleReport.of(
            new CycleReport.Opening(number, trigger, startedAt, request()),
            clock.get(),
            all,
            notes);
    Plan made = Plan.of(planned.values().stream().flatMap(List::stream).toList(), notes);
    report.complete(complete ? found : found.incomplete());
    plan.complete(complete ? made : made.incomplete());
  }
}
