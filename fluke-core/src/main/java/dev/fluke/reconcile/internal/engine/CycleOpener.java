package dev.fluke.reconcile.internal.engine;

import dev.fluke.agent.Agent;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.internal.cycle.CycleRequest;
import dev.fluke.reconcile.internal.fleet.Fleet;
import dev.fluke.reconcile.internal.fleet.ScopeCheck;
import dev.fluke.reconcile.internal.lane.AgentJob;
import dev.fluke.reconcile.internal.lane.ManagedAgent;
import dev.fluke.reconcile.internal.lane.PendingCycle;
import dev.fluke.reconcile.internal.lane.RunLimit;
import dev.fluke.reconcile.internal.revision.SourceSet;
import dev.fluke.report.CycleReport;
import dev.fluke.report.Plan;
import dev.fluke.report.Plan.PlannedTask;
import dev.fluke.report.TaskReport;
import dev.fluke.report.Trigger;
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import dev.fluke.time.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;

/** Opens cycles: queues a job for each agent in scope on its lane. Safe for use by any thread. */
final class CycleOpener {
  private final Scheduler scheduler;
  private final Fleet fleet;
  private final SourceSet sources;
  private final BiPredicate<Task, Agent> isFor;
  private final ManifestWarnings warnings;
  private final Consumer<CycleReport> ended;
  private final AtomicLong numbers = new AtomicLong();
  private final String incarnation;
  private volatile boolean begun;

  /**
   * Opens cycles of this fleet.
   *
   * @param isFor whether a task is for an agent
   * @param ended is given the report of each cycle, once
   */
  CycleOpener(
      Scheduler scheduler,
      Fleet fleet,
      SourceSet sources,
      BiPredicate<Task, Agent> isFor,
      ManifestWarnings warnings,
      Consumer<CycleReport> ended) {
    this.scheduler = scheduler;
    this.fleet = fleet;
    this.sources = sources;
    this.isFor = isFor;
    this.warnings = warnings;
    this.ended = ended;
    this.incarnation = Long.toString(Math.max(0, scheduler.now().toEpochMilli()), 36);
  }

  /** Whether a cycle was opened already. */
  boolean hasBegun() {
    return begun;
  }

  /** Opens an automatic cycle. */
  PendingCycle<TaskReport, CycleReport> open(Trigger trigger, Scope scope, List<String> notes) {
    CycleRequest request = request(CycleRequest.Kind.AUTOMATIC, scope, Optional.empty());
    return offer(request, reportOf(request, trigger, notes), AgentJob::of, () -> {});
  }

  /** Opens a manual run; calls {@code whenBegun} when its agents begin. */
  PendingCycle<TaskReport, CycleReport> open(
      ManualRun run, List<String> notes, Runnable whenBegun) {
    List<String> more = notesOf(run.scope(), notes);
    requireRoom(run.scope());
    CycleRequest request = request(CycleRequest.Kind.MANUAL, run.scope(), Optional.of(run));
    return offer(request, reportOf(request, Trigger.MANUAL, more), AgentJob::of, whenBegun);
  }

  /** Opens a cycle that applies nothing; calls {@code whenBegun} when its agents begin. */
  PendingCycle<PlannedTask, Plan> plan(Scope scope, List<String> notes, Runnable whenBegun) {
    List<String> more = notesOf(scope, notes);
    requireRoom(scope);
    ManualRun run = ManualRun.of(scope);
    CycleRequest request = request(CycleRequest.Kind.PLAN, scope, Optional.of(run));
    boolean complete = sources.areKnown();
    return offer(
        request,
        tasks -> complete ? Plan.of(tasks, more) : Plan.of(tasks, more).incomplete(),
        AgentJob::planning,
        whenBegun);
  }

  /** Throws if too many runs wait for an agent in scope. */
  private void requireRoom(Scope scope) {
    for (Fleet.Member member : fleet.in(scope)) {
      if (!member.lane().hasRoomFor(member.agent())) {
        throw RunLimit.tooManyFor(member.name());
      }
    }
  }

  private List<String> notesOf(Scope scope, List<String> notes) {
    List<String> all = new ArrayList<>(notes);
    all.addAll(ScopeCheck.check(scope, fleet, sources.inForce().manifest(), isFor, notes));
    return all;
  }

  private CycleRequest request(CycleRequest.Kind kind, Scope scope, Optional<ManualRun> run) {
    begun = true;
    warnings.publishSoon();
    long cycle = numbers.incrementAndGet();
    return new CycleRequest(cycle, kind, scope, run, incarnation + "-" + cycle);
  }

  private Function<List<TaskReport>, CycleReport> reportOf(
      CycleRequest request, Trigger trigger, List<String> notes) {
    boolean complete = sources.areKnown();
    CycleReport.Opening opening =
        new CycleReport.Opening(request.cycle(), trigger, scheduler.now(), request.asked());
    return tasks -> {
      CycleReport whole = CycleReport.of(opening, scheduler.now(), tasks, notes);
      CycleReport report = complete ? whole : whole.incomplete();
      ended.accept(report);
      return report;
    };
  }

  private <P, R> PendingCycle<P, R> offer(
      CycleRequest request, Function<List<P>, R> whole, JobMaker<P, R> maker, Runnable whenBegun) {
    List<Fleet.Member> members = fleet.in(request.scope());
    PendingCycle<P, R> cycle =
        new PendingCycle<>(members.stream().map(Fleet.Member::name).toList(), whole, whenBegun);
    for (Fleet.Member member : members) {
      member.lane().offer(maker.make(member.agent(), request, cycle));
    }
    return cycle;
  }

  /** Makes one agent's part of a cycle. */
  private interface JobMaker<P, R> {
    AgentJob make(ManagedAgent agent, CycleRequest request, PendingCycle<P, R> cycle);
  }
}
