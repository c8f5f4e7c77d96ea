package dev.fluke.reconcile;

import dev.fluke.report.CycleReport;
import dev.fluke.report.Plan;
import dev.fluke.report.Plan.PlannedTask;
import dev.fluke.report.TaskReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A cycle that was opened and waits for the last of its agents. */
final class OpenCycle {
  private final long number;
  private final String trigger;
  private final String actor;
  private final String because;
  private final Instant startedAt;
  private final Supplier<Instant> clock;
  private final SortedSet<String> missing;
  private final SortedMap<String, List<TaskReport>> reports = new TreeMap<>();
  private final SortedMap<String, List<PlannedTask>> planned = new TreeMap<>();
  private final List<String> notes;
  private final CompletableFuture<CycleReport> report = new CompletableFuture<>();
  private final CompletableFuture<Plan> plan = new CompletableFuture<>();

  OpenCycle(
      long number,
      String trigger,
      String actor,
      String because,
      Collection<String> agents,
      List<String> notes,
      Supplier<Instant> clock) {
    this.number = number;
    this.trigger = trigger;
    this.actor = actor;
    this.because = because;
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

  String trigger() {
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

  private void complete() {
    List<TaskReport> all = reports.values().stream().flatMap(List::stream).toList();
    report.complete(
        CycleReport.of(number, trigger, actor, because, startedAt, clock.get(), all, notes));
    plan.complete(Plan.of(planned.values().stream().flatMap(List::stream).toList(), notes));
  }
}
