package dev.fluke.reconcile.internal.engine;

import dev.fluke.agent.Agent;
import dev.fluke.event.EventTypes;
import dev.fluke.manifest.ManifestReader;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.internal.config.LoopSettings;
import dev.fluke.reconcile.internal.config.LoopThread;
import dev.fluke.reconcile.internal.connection.ConnectionPool;
import dev.fluke.reconcile.internal.fleet.AgentSupplierPoller;
import dev.fluke.reconcile.internal.fleet.Fleet;
import dev.fluke.reconcile.internal.fleet.FleetMembership;
import dev.fluke.reconcile.internal.guards.GuardList;
import dev.fluke.reconcile.internal.incident.AlertDispatcher;
import dev.fluke.reconcile.internal.incident.IncidentTracker;
import dev.fluke.reconcile.internal.lane.LaneContext;
import dev.fluke.reconcile.internal.lane.PendingCycle;
import dev.fluke.reconcile.internal.lane.RunLimit;
import dev.fluke.reconcile.internal.memory.Declarations;
import dev.fluke.reconcile.internal.memory.LoopSecrets;
import dev.fluke.reconcile.internal.record.EventFields;
import dev.fluke.reconcile.internal.record.EventRecorder;
import dev.fluke.reconcile.internal.record.KeptOutputs;
import dev.fluke.reconcile.internal.record.Observers;
import dev.fluke.reconcile.internal.revision.SourcePoller;
import dev.fluke.reconcile.internal.revision.SourceSet;
import dev.fluke.report.CycleReport;
import dev.fluke.report.FleetStatus;
import dev.fluke.report.Plan;
import dev.fluke.report.Plan.PlannedTask;
import dev.fluke.report.TaskReport;
import dev.fluke.report.Trigger;
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import dev.fluke.request.TooManyRunsException;
import dev.fluke.source.ManifestSource;
import dev.fluke.source.Revision;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Connects the parts of the loop, and opens cycles. Safe for use by any thread. */
public final class Engine {
  private final LoopSettings settings;
  private final Scheduler scheduler;
  private final LoopThread thread = new LoopThread();
  private final EventRecorder recorder;
  private final AlertDispatcher alerts;
  private final IncidentTracker incidents;
  private final Observers observers;
  private final SourceSet sources;
  private final Fleet fleet = new Fleet();
  private final CycleTimers timers;
  private final CycleOpener opener;
  private final FleetMembership members;
  private final ManifestWarnings warnings;
  private final Declarations declarations;
  private final OutcomeRecorder outcomes;
  private final CompletableFuture<Void> quiet = new CompletableFuture<>();
  private final GuardList guards;
  private final ConnectionPool pool;
  private final LaneContext lanes;
  private final RunLimit waitingRuns = new RunLimit();
  private volatile LaneContext.Phase phase = LaneContext.Phase.OPEN;
  private volatile @Nullable AgentSupplierPoller supplied;

  /** Does nothing until called; {@code faults} gets named points of cycles, for tests. */
  public Engine(
      LoopSettings settings,
      Scheduler on,
      List<ManifestSource> from,
      ManifestReader reader,
      Consumer<String> faults) {
    this.settings = settings;
    this.scheduler = new RetryingScheduler(on);
    guards = new GuardList(settings.extensions().guards());
    LoopSecrets secrets = LoopSecrets.of(settings, from, scheduler, thread);
    pool = new ConnectionPool(scheduler, settings.atOnce().connections(), secrets.mask());
    LoopSettings.Outlets outlets = settings.outlets();
    recorder = new EventRecorder(scheduler, outlets.events(), thread, secrets.mask());
    observers = new Observers(outlets.observers(), scheduler, thread);
    alerts = new AlertDispatcher(outlets.routes(), scheduler, thread, recorder);
    incidents = new IncidentTracker(scheduler, alerts, task -> sources().declaring(task));
    recorder.whenStoreChanges(incidents::storeFailing, incidents::storeWorks);
    sources =
        new SourceSet(
            from,
            new SourcePoller.Parts(settings, scheduler, reader, recorder, incidents),
            secrets.named()::missing,
            this::adopted);
    declarations = new Declarations(scheduler, thread, secrets.mask());
    warnings =
        new ManifestWarnings(
            () -> revision().manifest(), fleet::declared, declarations, scheduler, recorder);
    timers =
        new CycleTimers(
            scheduler,
            settings.times().pollInterval(),
            fleet,
            (trigger, agent) -> open(trigger, Scope.agent(agent), List.of()));
    opener =
        new CycleOpener(
            scheduler, fleet, sources, declarations::isFor, warnings, observers::cycleEnded);
    outcomes =
        new OutcomeRecorder(
            recorder,
            incidents,
            observers,
            sources::inForce,
            declarations::isFor,
            settings.defaultPolicy(),
            timers::retryIfUnreachable);
    LoopContext context =
        new LoopContext(scheduler, settings, sources, guards, declarations, secrets, faults);
    lanes = new LaneContext(context, thread, () -> phase, outcomes);
    members =
        new FleetMembership(
            fleet,
            lanes,
            pool,
            new FleetChanges(
                opener, timers, incidents, outcomes, recorder, warnings, this::laneIsFree));
  }

  /** The sources, and the revision in force. */
  public SourceSet sources() {
    return sources;
  }

  /** Manages the agents of a supplier; waits at most 30 s for its first answer. */
  public void follow(Supplier<? extends Collection<Agent>> supplier) {
    AgentSupplierPoller poller =
        new AgentSupplierPoller(supplier, fleet, this::becomeUnlessClosing, scheduler, recorder);
    supplied = poller;
    timers.everyInterval(poller::ask);
    poller.askFirst();
  }

  private void becomeUnlessClosing(List<Agent> agents) {
    if (!phase.isClosing()) {
      members.become(agents);
    }
  }

  /** The agents that are managed. */
  public FleetMembership members() {
    return members;
  }

  /** Starts the timers; opens no cycle. */
  public void start() {
    timers.start();
    sources.startPolling(() -> cycleFor(true, Trigger.INTERVAL, false));
    Optional.ofNullable(supplied).ifPresent(AgentSupplierPoller::askUnlessAnswered);
  }

  /** Whether the calling thread does work of the loop, a subscriber or a sink. */
  public boolean isInside() {
    return thread.isCurrent();
  }

  public Scheduler scheduler() {
    return scheduler;
  }

  /** The revision in force now. */
  public Revision revision() {
    return sources.inForce();
  }

  /** Polls the sources without waiting; a new revision opens a cycle for all agents. */
  public void pollInPassing() {
    var unused =
        sources
            .pollInPassing()
            .thenAccept(polled -> cycleFor(polled.adopted(), Trigger.HOOK, false));
  }

  /** As {@link RevisionCycles#isDue}: opens a cycle of all agents if a poll made one due. */
  public void cycleFor(boolean adopted, Trigger polledFor, boolean opened) {
    boolean due = adopted && RevisionCycles.isDue(polledFor, opened, timers.isRunning());
    if (due && !phase.isClosing()) {
      open(RevisionCycles.triggerAfter(polledFor), Scope.all(), List.of());
    }
  }

  /** Opens an automatic cycle for the agents in scope; its report has these notes. */
  public PendingCycle<TaskReport, CycleReport> open(
      Trigger trigger, Scope scope, List<String> notes) {
    return opener.open(trigger, scope, notes);
  }

  /**
   * Opens a manual run; its report has these notes.
   *
   * @param waiting ends when the run begins
   * @throws IllegalArgumentException if its scope names an unknown task or agent
   * @throws TooManyRunsException if too many runs wait for an agent in scope
   */
  public PendingCycle<TaskReport, CycleReport> open(
      ManualRun run, List<String> notes, RunLimit.Waiting waiting) {
    PendingCycle<TaskReport, CycleReport> opened = opener.open(run, notes, waiting::end);
    recorder.publish(
        EventTypes.MANUAL_RUN,
        event -> EventFields.ofRun(event.with("scope", run.scope().toString()), run));
    return opened;
  }

  /**
   * Opens a cycle that applies nothing; the plan has these notes.
   *
   * @param waiting ends when the plan begins
   * @throws IllegalArgumentException if the scope names an unknown task or agent
   * @throws TooManyRunsException if too many runs wait for an agent in scope
   */
  public PendingCycle<PlannedTask, Plan> plan(
      Scope scope, List<String> notes, RunLimit.Waiting waiting) {
    return opener.plan(scope, notes, waiting::end);
  }

  /** The limit on manual runs and plans that wait. */
  public RunLimit waitingRuns() {
    return waitingRuns;
  }

  /** The events. */
  public EventRecorder recorder() {
    return recorder;
  }

  /** What failed applies printed. */
  public KeptOutputs outputs() {
    return outcomes.outputs();
  }

  /** A snapshot of the fleet. */
  public FleetStatus status() {
    return new FleetStatus(
        scheduler.now(),
        timers.isRunning(),
        settings.times().pollInterval(),
        settings.defaultPolicy(),
        sources.status(),
        new StatusAssembler(revision().manifest(), declarations).of(fleet),
        warnings.get(),
        Optional.ofNullable(supplied).map(AgentSupplierPoller::status),
        recorder.dropped() + observers.dropped(),
        incidents.status(),
        alerts.status(),
        recorder.storeStatus());
  }

  /** Ends all work in the order of rule 31; {@code results} hands out what callers wait for. */
  public void close(Consumer<Duration> results) {
    phase = LaneContext.Phase.CLOSING;
    declarations.close();
    Shutdown shutdown = new Shutdown(scheduler, fleet, members, pool, quiet);
    try {
      sources.stopPolling();
      timers.stop();
      if (!shutdown.endWork(settings.times().closeGrace(), lanes)) {
        phase = LaneContext.Phase.ENDING;
        shutdown.endApplies(lanes);
      }
      shutdown.closeConnections();
    } finally {
      new OutletsEnd(sources, alerts, recorder, observers)
          .within(shutdown, results, scheduler, thread);
    }
  }

  /**
   * One revision after the other, and always the one in force: several sources may adopt at once.
   */
  private synchronized void adopted(Revision adopted) {
    Revision revision = sources.inForce();
    Set<String> names =
        revision.manifest().tasks().stream().map(Task::name).collect(Collectors.toSet());
    declarations.begin(revision.manifest());
    fleet.follow(revision.manifest(), scheduler.nanoTime());
    guards.counters().forgetAllBut(names);
    fleet.members().forEach(member -> outcomes.closeOrphans(member.agent()));
    warnings.due();
  }

  private void laneIsFree() {
    if (phase.isClosing() && lanes.isQuiet()) {
      quiet.complete(null);
    }
  }
}
