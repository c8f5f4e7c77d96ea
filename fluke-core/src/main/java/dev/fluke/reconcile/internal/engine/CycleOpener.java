package dev.fluke.reconcile.internal.engine;

import dev.fluke.reconcile.internal.cycle.CycleRequest;
import dev.fluke.reconcile.internal.fleet.Fleet;
import dev.fluke.reconcile.internal.fleet.ScopeCheck;
import dev.fluke.reconcile.internal.lane.AgentJob;
import dev.fluke.reconcile.internal.lane.ManagedAgent;
import dev.fluke.reconcile.internal.lane.PendingCycle;
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
import java.util.function.Function;

/** Opens cycles: queues a job for each agent in scope on its lane. Safe for use by any thread. */
final class CycleOpener {
  private final Scheduler scheduler;
  private final Fleet fleet;
  private final SourceSet sources;
  private final ManifestWarnings warnings;
  private final AtomicLong numbers = new AtomicLong();
  private volatile boolean begun;

  CycleOpener(Scheduler scheduler, Fleet fleet, SourceSet sources, ManifestWarnings warnings) {
    this.scheduler = scheduler;
    this.fleet = fleet;
    this.sources = sources;
    this.warnings = warnings;
  }

  /** Whether a cycle was opened already. */
  boolean hasBegun() {
    return begun;
  }

  /** Opens an automatic cycle. */
  PendingCycle<TaskReport, CycleReport> open(Trigger trigger, Scope scope, List<String> notes) {
    CycleRequest request = request(CycleRequest.Kind.AUTOMATIC, scope, Optional.empty());
    return offer(request, reportOf(request, trigger, notes), AgentJob::of);
  }

  /** Opens a manual run. */
  PendingCycle<TaskReport, CycleReport> open(ManualRun run, List<String> notes) {
    List<String> more = notesOf(run.scope(), notes);
    CycleRequest request = request(CycleRequest.Kind.MANUAL, run.scope(), Optional.of(run));
    return offer(request, reportOf(request, Trigger.MANUAL, more), AgentJob::of);
  }

  /** Opens a cycle that applies nothing. */
  PendingCycle<PlannedTask, Plan> plan(Scope scope, List<String> notes) {
    List<String> more = notesOf(scope, notes);
    ManualRun run = ManualRun.of(scope);
    CycleRequest request = request(CycleRequest.Kind.PLAN, scope, Optional.of(run));
    boolean complete = sources.areKnown();
    return offer(
        request,
        tasks -> complete ? Plan.of(tasks, more) : Plan.of(tasks, more).incomplete(),
        AgentJob::planning);
  }

  private List<String> notesOf(Scope scope, List<String> notes) {
    List<String> all = new ArrayList<>(notes);
    all.addAll(ScopeCheck.check(scope, fleet, sources.inForce().manifest(), notes));
    return all;
  }

  private CycleRequest request(CycleRequest.Kind kind, Scope scope, Optional<ManualRun> run) {
    begun = true;
    warnings.publishSoon();
    return new CycleRequest(numbers.incrementAndGet(), kind, scope, run);
  }

  private Function<List<TaskReport>, CycleReport> reportOf(
      CycleRequest request, Trigger trigger, List<String> notes) {
    boolean complete = sources.areKnown();
    CycleReport.Request asked =
        request
            .run()
            .map(run -> new CycleReport.Request(run.actor(), run.reason()))
            .orElse(CycleReport.Request.NONE);
    CycleReport.Opening opening =
        new CycleReport.Opening(request.cycle(), trigger, scheduler.now(), asked);
    return tasks -> {
      CycleReport report = CycleReport.of(opening, scheduler.now(), tasks, notes);
      return complete ? report : report.incomplete();
    };
  }

  private <P, R> PendingCycle<P, R> offer(
      CycleRequest request, Function<List<P>, R> whole, JobMaker<P, R> maker) {
    List<Fleet.Member> members = fleet.in(request.scope());
    PendingCycle<P, R> cycle =
        new PendingCycle<>(members.stream().map(Fleet.Member::name).toList(), whole);
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
