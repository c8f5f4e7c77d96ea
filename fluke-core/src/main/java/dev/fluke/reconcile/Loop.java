package dev.fluke.reconcile;

import dev.fluke.manifest.ManifestReader;
import dev.fluke.manifest.Task;
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
final class Loop {
  private final Settings settings;
  private final Permits connecting;
  private final Permits checking;
  private final Permits applying;
  private final Fleet fleet = new Fleet();
  private final AtomicLong cycles = new AtomicLong();
  private final ThreadLocal<Boolean> inside = ThreadLocal.withInitial(() -> false);
  private final OpenLinks links;
  private final Journal journal;
  private final Alerts alerts;
  private final Incidents incidents;
  private final Sources sources;
  private final Consumer<String> faults;
  private final Timers timers;
  private final AgentsFollower agents;
  private final Membership members = new Membership(this, fleet);
  private final Ledger ledger = new Ledger(this);
  private volatile boolean begun;
  private volatile boolean closing;
  private volatile boolean warningsDue = true;
  private volatile List<String> warnings = List.of();
  private final CompletableFuture<Void> quiet = new CompletableFuture<>();

  Loop(
      Settings settings,
      List<ManifestSource> from,
      ManifestReader reader,
      Consumer<String> faults) {
    this.settings = settings;
    this.faults = faults;
    this.connecting = new Permits(settings.connecting(), settings.scheduler());
    this.checking = new Permits(settings.checking(), settings.scheduler());
    this.applying = new Permits(settings.applying(), settings.scheduler());
    this.journal = new Journal(settings.scheduler(), settings.events(), inside);
    this.alerts = new Alerts(settings.routes(), settings.scheduler(), journal);
    this.incidents = new Incidents(settings.scheduler(), alerts, task -> sources().declaring(task));
    this.links =
        new OpenLinks(settings.scheduler(), settings.connections(), settings.loginsPerSecond());
    this.timers = new Timers(this);
    this.agents = new AgentsFollower(this);
    this.sources = new Sources(from, reader, settings, journal, incidents, this::adopted);
  }

  Settings settings() {
    return settings;
  }

  Scheduler scheduler() {
    return settings.scheduler();
  }

  Permits connecting() {
    return connecting;
  }

  Permits checking() {
    return checking;
  }

  Permits applying() {
    return applying;
  }

  Fleet fleet() {
    return fleet;
  }

  Journal journal() {
    return journal;
  }

  OpenLinks links() {
    return links;
  }

  Alerts alerts() {
    return alerts;
  }

  Incidents incidents() {
    return incidents;
  }

  Sources sources() {
    return sources;
  }

  Timers timers() {
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
      open("revision", Scope.all());
    }
  }

  Membership members() {
    return members;
  }

  Ledger ledger() {
    return ledger;
  }

  void warningsDue() {
    warningsDue = true;
  }

  boolean hasBegun() {
    return begun;
  }

  AgentsFollower agents() {
    return agents;
  }

  /** Opens an automatic cycle for the agents in scope. */
  OpenCycle open(String trigger, Scope scope) {
    return open(trigger, scope, List.of());
  }

  /** The same, and says this in its report. */
  OpenCycle open(String trigger, Scope scope, List<String> notes) {
    return open(trigger, scope, Job.Kind.AUTOMATIC, Optional.empty(), notes);
  }

  /** Opens a cycle for the agents in scope; each walks it on its lane. */
  OpenCycle open(
      String trigger, Scope scope, Job.Kind kind, Optional<ManualRun> run, List<String> notes) {
    begun = true;
    warn();
    List<ManagedAgent> agents = fleet.in(scope);
    OpenCycle cycle =
        new OpenCycle(
            cycles.incrementAndGet(),
            trigger,
            run,
            agents.stream().map(ManagedAgent::name).toList(),
            notes,
            sources().areKnown(),
            settings.scheduler()::now);
    for (ManagedAgent agent : agents) {
      agent.lane().offer(new Job(agent, kind, scope, run.orElse(null), cycle));
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
      warnings.forEach(warning -> journal.tell("warning", event -> event.with("message", warning)));
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
    new Closing(this).run();
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
