package dev.fluke.reconcile;

import dev.fluke.agent.Agent;
import dev.fluke.manifest.Task;
import dev.fluke.report.Outcome;
import dev.fluke.report.Plan.PlannedTask;
import dev.fluke.report.TaskReport;
import dev.fluke.source.ManifestSource;
import dev.fluke.source.Revision;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What lanes and walks share: the fleet, the revision in force, permits, and opening cycles. */
final class Loop {
  private static final Logger log = LoggerFactory.getLogger(Loop.class);

  private final Settings settings;
  private final Permits connecting;
  private final Permits checking;
  private final Permits applying;
  private final Fleet fleet = new Fleet();
  private final Map<String, Lane> lanes = new HashMap<>();
  private final AtomicLong cycles = new AtomicLong();
  private final ThreadLocal<Boolean> inside = ThreadLocal.withInitial(() -> false);
  private final Journal journal;
  private final SourceFollower source;
  private final Consumer<String> faults;
  private final Timers timers;
  private final AgentsFollower agents;
  private volatile boolean begun;
  private volatile boolean closing;
  private volatile boolean warningsDue = true;
  private volatile List<String> warnings = List.of();
  private final List<ManagedAgent> leaving = new ArrayList<>();
  private final CompletableFuture<Void> quiet = new CompletableFuture<>();

  Loop(Settings settings, ManifestSource from, Consumer<String> faults) {
    this.settings = settings;
    this.faults = faults;
    this.connecting = new Permits(settings.connecting(), settings.scheduler());
    this.checking = new Permits(settings.checking(), settings.scheduler());
    this.applying = new Permits(settings.applying(), settings.scheduler());
    this.journal = new Journal(settings.scheduler(), settings.events(), inside);
    this.timers = new Timers(this);
    this.agents = new AgentsFollower(this);
    this.source = new SourceFollower(from, settings.scheduler(), journal, this::adopted);
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

  SourceFollower source() {
    return source;
  }

  Timers timers() {
    return timers;
  }

  Revision revision() {
    return source.inForce();
  }

  boolean isNew(String task) {
    return source.isNew(task);
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

  /** Looks at the source; a new revision opens a cycle for all. */
  CompletableFuture<SourceFollower.Look> pollSource() {
    return source
        .look()
        .thenApply(
            came -> {
              if (came == SourceFollower.Look.ADOPTED && !closing) {
                open("revision", Scope.all());
              }
              return came;
            });
  }

  AgentsFollower agents() {
    return agents;
  }

  /** Opens an automatic cycle for the agents in scope. */
  OpenCycle open(String trigger, Scope scope) {
    return open(trigger, scope, Job.Kind.AUTOMATIC, Optional.empty(), List.of());
  }

  /** Opens a cycle for the agents in scope; each walks it on its lane. */
  OpenCycle open(
      String trigger,
      Scope scope,
      Job.Kind kind,
      Optional<ManualRun> run,
      List<String> notes) {
    begun = true;
    warn();
    List<ManagedAgent> agents = fleet.in(scope);
    OpenCycle cycle =
        new OpenCycle(
            cycles.incrementAndGet(),
            trigger,
            run.map(ManualRun::actor).orElse(""),
            run.map(ManualRun::reason).orElse(""),
            agents.stream().map(ManagedAgent::name).toList(),
            notes,
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

  /** A walk is over: keeps and tells its outcomes, and hands them to whoever waits. */
  void walked(Job job, Walk walk, List<TaskReport> reports) {
    if (job.kind == Job.Kind.PLAN) {
      job.done(List.of(), walk.plan(), notes(job, reports));
      return;
    }
    boolean unreachable =
        reports.stream().anyMatch(report -> report.outcome() == Outcome.UNREACHABLE);
    if (!walk.tasks().isEmpty() && job.agent.isNewsThatUnreachable(unreachable)) {
      tellReachability(walk.agent(), unreachable, job.agent.link());
    }
    for (int i = 0; i < reports.size(); i++) {
      TaskRun task = walk.tasks().get(i);
      boolean held = task.policy.applies();
      journal.ended(job, walk.agent(), reports.get(i), task.wasApplied(), held, task.memory);
    }
    timers.retryIfUnreachable(job.agent);
    job.done(reports, List.<PlannedTask>of(), notes(job, reports));
  }

  private static List<String> notes(Job job, List<TaskReport> reports) {
    boolean named = job.scope.task().isPresent() && job.scope.agent().isPresent();
    return named && reports.isEmpty()
        ? List.of("scope '" + job.scope + "' matches nothing: the task is not for this agent")
        : List.of();
  }

  private void tellReachability(Agent agent, boolean unreachable, Link link) {
    String why = link.unreachableBecause();
    journal.tell(
        unreachable ? "agent_unreachable" : "agent_unreachable_resolved",
        event -> {
          var told = Journal.ofAgent(event, agent);
          return unreachable && why != null ? told.with("message", why) : told;
        });
  }

  /** Ends a job that never got its walk. */
  void endUnwalked(Job job, Outcome outcome, String why) {
    List<TaskReport> reports = new ArrayList<>();
    Agent agent = job.agent.agent();
    for (Task task : revision().manifest().tasks()) {
      if (job.scope.coversTask(task.name()) && task.selector().matches(agent)) {
        reports.add(
            TaskReport.of(
                agent.name(),
                task.name(),
                outcome,
                why,
                task.policy().orElse(settings.defaultPolicy()),
                Optional.empty(),
                List.of(),
                revision().id()));
      }
    }
    job.done(reports, List.of(), List.of());
  }

  /** Why work for this agent is not to go on; empty if it is. */
  String whyCancelled(ManagedAgent agent) {
    if (closing) {
      return "the reconciler was closed";
    }
    return agent.isRemoved() ? "the agent was removed" : "";
  }

  /** Rule 13: the task changed, went, or no longer selects the agent; empty if none of it. */
  String whySuperseded(Revision taken, Task task, ManagedAgent agent) {
    Revision now = revision();
    Optional<Task> current = now == taken ? Optional.of(task) : now.manifest().task(task.name());
    if (current.isEmpty()) {
      return "the task is gone in revision " + now.id();
    }
    if (!current.get().selector().matches(agent.agent())) {
      return "the task is no longer for this agent";
    }
    boolean same =
        current.get() == task
            || TaskRun.declarationOf(current.get()).equals(TaskRun.declarationOf(task));
    return same && current.get().policy().equals(task.policy())
        ? ""
        : "the task changed in revision " + now.id();
  }

  /** Makes the fleet be these agents; those that stay keep their memory. */
  synchronized void become(Collection<Agent> wanted) {
    List<String> problems = Fleet.problems(wanted);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException("agents: " + String.join("; ", problems));
    }
    Map<String, Agent> byName = new HashMap<>();
    wanted.forEach(agent -> byName.put(agent.name(), agent));
    for (ManagedAgent managed : List.copyOf(fleet.all())) {
      Agent stays = byName.get(managed.name());
      if (stays == null || !stays.address().equals(managed.agent().address())) {
        leave(managed);
      }
    }
    wanted.forEach(this::join);
    warningsDue = true;
  }

  /** Makes the fleet be what this makes of it. */
  synchronized void change(Consumer<List<Agent>> change) {
    List<Agent> wanted = new ArrayList<>(fleet.declared());
    change.accept(wanted);
    become(wanted);
  }

  private void join(Agent agent) {
    ManagedAgent known = fleet.find(agent.name());
    if (known != null) {
      if (!known.agent().equals(agent)) {
        known.becomes(agent, scheduler());
        journal.tell("agent_changed", event -> Journal.ofAgent(event, agent));
      }
      return;
    }
    Lane lane = lanes.computeIfAbsent(agent.address(), address -> new Lane(this, address));
    ManagedAgent added = new ManagedAgent(agent, lane, scheduler(), begun);
    fleet.add(added);
    if (begun) {
      journal.tell("agent_added", event -> Journal.ofAgent(event, agent));
    }
    timers.agentJoined(added);
  }

  private void leave(ManagedAgent agent) {
    fleet.remove(agent);
    agent.removed();
    journal.tell("agent_removed", event -> Journal.ofAgent(event, agent.agent()));
    leaving.add(agent);
    agent.lane().cancel(agent);
    laneIsFree(agent.lane());
  }

  /** A lane has nothing under way: links of agents that left can go, and so may a closing loop. */
  void laneIsFree(Lane lane) {
    List<ManagedAgent> gone;
    synchronized (this) {
      if (lane.isBusy()) {
        return;
      }
      if (fleet.all().stream().noneMatch(agent -> agent.lane() == lane)) {
        lanes.remove(lane.address(), lane);
      }
      gone = leaving.stream().filter(agent -> agent.lane() == lane).toList();
      leaving.removeAll(gone);
      if (closing && lanes.values().stream().noneMatch(Lane::isBusy)) {
        quiet.complete(null);
      }
    }
    gone.forEach(agent -> agent.link().close());
  }

  /** Rule 31: starts nothing new, waits for applies, then ends them; returns within 40 s. */
  void close() {
    List<Lane> all;
    synchronized (this) {
      closing = true;
      all = new ArrayList<>(lanes.values());
    }
    timers.stop();
    fleet.all().forEach(agent -> agent.lane().cancel(agent));
    boolean calm = isQuietWithin(settings.closeGrace());
    if (!calm) {
      all.forEach(Lane::interrupt);
      calm = isQuietWithin(Duration.ofSeconds(8));
    }
    if (!calm) {
      all.stream()
          .filter(lane -> lane.abandon("closed while it was under way"))
          .forEach(lane -> log.warn("lane {} did not end: a call there hangs", lane.address()));
    }
    fleet.all().forEach(agent -> agent.link().close());
    source.close();
    journal.close();
  }

  private boolean isQuietWithin(Duration time) {
    synchronized (this) {
      if (lanes.values().stream().noneMatch(Lane::isBusy)) {
        return true;
      }
    }
    boolean interrupted = false;
    try {
      return scheduler().await(quiet, time);
    } catch (InterruptedException e) {
      interrupted = true;
      return false;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  List<String> warnings() {
    warn();
    return warnings;
  }

  boolean isClosing() {
    return closing;
  }
}
