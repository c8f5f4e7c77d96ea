package dev.fluke.reconcile.internal.engine;

import dev.fluke.agent.Agent;
import dev.fluke.event.Event;
import dev.fluke.event.EventSubscriber;
import dev.fluke.event.EventTypes;
import dev.fluke.manifest.ManifestReader;
import dev.fluke.reconcile.internal.config.LoopSettings;
import dev.fluke.reconcile.internal.config.LoopThread;
import dev.fluke.reconcile.internal.connection.ConnectionPool;
import dev.fluke.reconcile.internal.cycle.CycleContext;
import dev.fluke.reconcile.internal.fleet.AgentSupplierPoller;
import dev.fluke.reconcile.internal.fleet.Fleet;
import dev.fluke.reconcile.internal.fleet.FleetMembership;
import dev.fluke.reconcile.internal.incident.AlertDispatcher;
import dev.fluke.reconcile.internal.incident.IncidentTracker;
import dev.fluke.reconcile.internal.lane.LaneContext;
import dev.fluke.reconcile.internal.lane.PendingCycle;
import dev.fluke.reconcile.internal.memory.Declarations;
import dev.fluke.reconcile.internal.record.EventFields;
import dev.fluke.reconcile.internal.record.EventRecorder;
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
import dev.fluke.source.ManifestSource;
import dev.fluke.source.Revision;
import dev.fluke.time.Scheduler;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Connects the parts of the loop, and opens cycles. Safe for use by any thread. */
public final class Engine {
  private final LoopSettings settings;
  private final Scheduler scheduler;
  private final LoopThread thread = new LoopThread();
  private final EventRecorder recorder;
  private final AlertDispatcher alerts;
  private final IncidentTracker incidents;
  private final SourceSet sources;
  private final Fleet fleet = new Fleet();
  private final CycleTimers timers;
  private final CycleOpener opener;
  private final FleetMembership members;
  private final ManifestWarnings warnings;
  private final Declarations declarations;
  private final CompletableFuture<Void> quiet = new CompletableFuture<>();
  private volatile boolean closing;

  /**
   * An engine that does nothing until a method is called.
   *
   * @param faults is called at named points of each cycle, where tests inject faults
   */
  public Engine(
      LoopSettings settings,
      Scheduler scheduler,
      List<ManifestSource> from,
      ManifestReader reader,
      Consumer<String> faults) {
    this.settings = settings;
    this.scheduler = scheduler;
    LoopSettings.Outlets outlets = settings.outlets();
    recorder = new EventRecorder(scheduler, outlets.events(), thread);
    alerts = new AlertDispatcher(outlets.routes(), scheduler, thread, recorder);
    incidents = new IncidentTracker(scheduler, alerts, task -> sources().declaring(task));
    sources =
        new SourceSet(
            from,
            new SourcePoller.Parts(settings, scheduler, reader, recorder, incidents),
            this::adopted);
    declarations = new Declarations(scheduler, thread);
    warnings =
        new ManifestWarnings(
            () -> revision().manifest(), fleet::declared, declarations, scheduler, recorder);
    timers =
        new CycleTimers(
            scheduler,
            settings.times().pollInterval(),
            fleet,
            (trigger, agent) -> open(trigger, Scope.agent(agent), List.of()));
    opener = new CycleOpener(scheduler, fleet, sources, warnings);
    OutcomeRecorder outcomes =
        new OutcomeRecorder(
            recorder,
            incidents,
            sources::inForce,
            settings.defaultPolicy(),
            timers::retryIfUnreachable);
    CycleContext context = new EngineContext(scheduler, settings, declarations, sources, faults);
    members =
        new FleetMembership(
            fleet,
            new LaneContext(context, thread, () -> closing, outcomes),
            new ConnectionPool(scheduler, settings.atOnce().connections()),
            new FleetChanges(opener, timers, incidents, recorder, warnings, this::laneIsFree));
  }

  private SourceSet sources() {
    return sources;
  }

  /** Manages the agents of a supplier: calls it now, and then every poll interval. */
  public void follow(Supplier<? extends Collection<Agent>> supplier) {
    AgentSupplierPoller poller =
        new AgentSupplierPoller(supplier, fleet, this::becomeUnlessClosing, scheduler, recorder);
    timers.everyInterval(poller::ask);
    poller.askFirst();
  }

  private void becomeUnlessClosing(List<Agent> agents) {
    if (!closing) {
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
    sources.startPolling(this::openForNewRevision);
  }

  /** Whether the timers run. */
  public boolean isStarted() {
    return timers.isRunning();
  }

  /** Whether the calling thread does work of the loop, of a subscriber or of a sink. */
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

  /** Whether no source has given a revision yet. */
  public boolean hasNoRevision() {
    return sources.hasNone();
  }

  /** Polls all sources. */
  public CompletableFuture<SourceSet.Polled> poll() {
    return sources.poll();
  }

  /** The result for a caller that stops waiting for polls under way. */
  public SourceSet.Polled unanswered() {
    return sources.unanswered();
  }

  /** Polls the sources without waiting; a new revision opens a cycle for all agents. */
  public void pollInPassing() {
    var unused =
        sources
            .pollInPassing()
            .thenAccept(
                polled -> {
                  if (polled.adopted()) {
                    openForNewRevision();
                  }
                });
  }

  /** Opens a cycle for all agents because of a new revision. */
  public void openForNewRevision() {
    if (!closing) {
      open(Trigger.REVISION, Scope.all(), List.of());
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
   * @throws IllegalArgumentException if its scope names an unknown task or agent
   */
  public PendingCycle<TaskReport, CycleReport> open(ManualRun run, List<String> notes) {
    PendingCycle<TaskReport, CycleReport> opened = opener.open(run, notes);
    recorder.publish(
        EventTypes.MANUAL_RUN,
        event -> EventFields.ofRun(event.with("scope", run.scope().toString()), run));
    return opened;
  }

  /**
   * Opens a cycle that applies nothing; the plan has these notes.
   *
   * @throws IllegalArgumentException if the scope names an unknown task or agent
   */
  public PendingCycle<PlannedTask, Plan> plan(Scope scope, List<String> notes) {
    return opener.plan(scope, notes);
  }

  /** Sends every event from now on to a subscriber, until the result is closed. */
  public AutoCloseable subscribe(EventSubscriber subscriber) {
    return recorder.subscribe(subscriber);
  }

  /** The latest events about one agent, oldest first. */
  public List<Event> events(String agent, int atMost) {
    return settings.outlets().events().latest(agent, atMost);
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
        recorder.dropped(),
        incidents.status(),
        alerts.status());
  }

  /** Ends all work in the order of rule 31. */
  public void close() {
    closing = true;
    declarations.close();
    Shutdown shutdown = new Shutdown(scheduler, fleet, members, quiet);
    sources.stopPolling();
    timers.stop();
    shutdown.endLanes(settings.times().closeGrace());
    sources.close();
    alerts.close(shutdown.left());
    recorder.close();
  }

  private void adopted(Revision revision) {
    declarations.begin(revision.manifest());
    fleet.follow(revision.manifest(), scheduler.nanoTime());
    warnings.due();
  }

  private void laneIsFree() {
    if (closing && members.isQuiet()) {
      quiet.complete(null);
    }
  }
}
