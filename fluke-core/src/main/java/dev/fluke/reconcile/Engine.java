package dev.fluke.reconcile;

import dev.fluke.event.EventTypes;
import dev.fluke.manifest.ManifestReader;
import dev.fluke.manifest.Task;
import dev.fluke.report.Trigger;
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import dev.fluke.source.ManifestSource;
import dev.fluke.source.Revision;
import dev.fluke.time.Scheduler;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What lanes and walks share: the fleet, the revision in force, permits, and opening cycles. */
final class Engine {
  private final LoopSettings settings;
  private final ConcurrencyLimit connecting;
  private final ConcurrencyLimit checking;
  private final ConcurrencyLimit applying;
  private final Fleet fleet = new Fleet();
  private final AtomicLong cycles = new AtomicLong();
  private final ThreadLocal<Boolean> inside = ThreadLocal.withInitial(() -> false);
  private final ConnectionPool links;
  private final EventRecorder journal;
  private final AlertDispatcher alerts;
  private final IncidentTracker incidents;
  private final SourceSet sources;
  private final Consumer<String> faults;
  private final CycleTimers timers;
  private final AgentSupplierPoller agents;
  private final FleetMembership members = new FleetMembership(this, fleet);
  private final OutcomeRecorder ledger = new OutcomeRecorder(this);
  private volatile boolean begun;
  private volatile boolean closing;
  private volatile boolean warningsDue = true;
  private volatile List<String> warnings = List.of();
  private final CompletableFuture<Void> quiet = new CompletableFuture<>();

  Engine(
      LoopSettings settings,
      List<ManifestSource> from,
      ManifestReader reader,
      Consumer<String> faults) {
    this.settings = settings;
    this.faults = faults;
    this.connecting = new ConcurrencyLimit(settings.connecting(), settings.scheduler());
    this.checking = new ConcurrencyLimit(settings.checking(), settings.scheduler());
    this.applying = new ConcurrencyLimit(settings.applying(), settings.scheduler());
    this.journal = new EventRecorder(settings.scheduler(), settings.events(), inside);
    this.alerts = new AlertDispatcher(settings.routes(), settings.scheduler(), journal);
    this.incidents =
        new IncidentTracker(settings.scheduler(), alerts, task -> sources().declaring(task));
    this.links =
        new ConnectionPool(
            settings.scheduler(), settings.connections(), settings.loginsPerSecond());
    this.timers = new CycleTimers(this);
    this.agents = new AgentSupplierPoller(this);
    this.sources = new SourceSet(from, reader, settings, journal, incidents, this::adopted);
  }

  LoopSettings settings() {
    return settings;
  }

  Scheduler scheduler() {
    return settings.scheduler();
  }

  ConcurrencyLimit connecting() {
    return connecting;
  }

  ConcurrencyLimit checking() {
    return checking;
  }

  ConcurrencyLimit applying() {
    return applying;
  }

  Fleet fleet() {
    return fleet;
  }

  EventRecorder journal() {
    return journal;
  }

  ConnectionPool links() {
    return links;
  }

  AlertDispatcher alerts() {
    return alerts;
  }

  IncidentTracker incidents() {
    return incidents;
  }

  SourceSet sources() {
    return sources;
  }

  CycleTimers timers() {
    return timers;
  }

  Revision revision() {
    return sources.inForce();
  }

  boolean isNew(String task) {
    return sources.isNew(task);
  }

  /** Whether this thread does work of the loop, or of a subscriber. */
  boolean isInside() {
    return inside.get();
  }

  /** Marks this thread as doing work of the loop while it runs this. */
  void inside(Runnable work) {
    boolean before = inside.get();
    inside.set(true);
    try {
      work.run();
    } finally {
      inside.set(before);
    }
  }

  /** A named point of a cycle, where tests let things go wrong. */
  void reach(String point) {
    faults.accept(point);
  }

  private void adopted(Revision revision) {
    Set<String> names =
        revision.manifest().tasks().stream().map(Task::name).collect(Collectors.toSet());
    fleet.all().forEach(agent -> agent.forgetAllBut(names));
    warningsDue = true;
  }

  /** Looks at the sources; a new revision opens a cycle for all. */
  void pollSources() {
    var unused =
        sources
            .poll()
            .thenAccept(
                came -> {
                  if (came.adopted()) {
                    newRevision();
                  }
                });
  }

  /** A revision that came by itself opens a cycle for all. */
  void newRevision() {
    if (!closing) {
      open(Trigger.REVISION, Scope.all());
    }
  }

  FleetMembership members() {
    return members;
  }

  OutcomeRecorder ledger() {
    return ledger;
  }

  void warningsDue() {
    warningsDue = true;
  }

  boolean hasBegun() {
    return begun;
  }

  AgentSupplierPoller agents() {
    return agents;
  }

  /** Opens an automatic cycle for the agents in scope. */
  PendingCycle open(Trigger trigger, Scope scope) {
    return open(trigger, scope, List.of());
  }

  /** The same, and says this in its report. */
  PendingCycle open(Trigger trigger, Scope scope, List<String> notes) {
    return open(trigger, scope, AgentJob.Kind.AUTOMATIC, Optional.empty(), notes);
  }

  /** Opens a cycle for the agents in scope; each walks it on its lane. */
  PendingCycle open(
      Trigger trigger,
      Scope scope,
      AgentJob.Kind kind,
      Optional<ManualRun> run,
      List<String> notes) {
    begun = true;
    warn();
    List<ManagedAgent> agents = fleet.in(scope);
    PendingCycle cycle =
        new PendingCycle(
            cycles.incrementAndGet(),
            trigger,
            run,
            agents.stream().map(ManagedAgent::name).toList(),
            notes,
            sources().areKnown(),
            settings.scheduler()::now);
    for (ManagedAgent agent : agents) {
      agent.lane().offer(new AgentJob(agent, kind, scope, run.orElse(null), cycle));
    }
    return cycle;
  }

  /** Tells what looks wrong with this revision and these agents, once. */
  private void warn() {
    if (!warningsDue) {
      return;
    }
    warningsDue = false;
    List<String> before = warnings;
    warnings = Fleet.warnings(revision().manifest(), fleet.declared());
    if (!warnings.equals(before)) {
      warnings.forEach(
          warning -> journal.tell(EventTypes.WARNING, event -> event.with("message", warning)));
    }
  }

  /** Why work for this agent is not to go on; empty if it is. */
  String whyCancelled(ManagedAgent agent) {
    if (closing) {
      return "the reconciler was closed";
    }
    return agent.isRemoved() ? "the agent was removed" : "";
  }

  /** A lane has nothing under way. */
  void laneIsFree(Lane lane) {
    members.laneIsFree(lane);
    if (closing && members.isQuiet()) {
      quiet.complete(null);
    }
  }

  /** Rule 31. */
  void close() {
    closing = true;
    new Shutdown(this).run();
  }

  CompletableFuture<Void> quiet() {
    return quiet;
  }

  List<String> warnings() {
    warn();
    return warnings;
  }

  boolean isClosing() {
    return closing;
  }
}
