package dev.fluke.reconcile;

import static java.util.Objects.requireNonNull;

import dev.fluke.agent.Agent;
import dev.fluke.event.Event;
import dev.fluke.event.EventSubscriber;
import dev.fluke.manifest.Manifest;
import dev.fluke.reconcile.internal.engine.Engine;
import dev.fluke.reconcile.internal.lane.PendingCycle;
import dev.fluke.report.ApplyOutput;
import dev.fluke.report.CycleReport;
import dev.fluke.report.FleetStatus;
import dev.fluke.report.Plan;
import dev.fluke.report.TaskReport;
import dev.fluke.report.Trigger;
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Keeps a fleet in the state that its manifest declares. In each cycle it checks every agent, and
 * when a task has drifted it applies the task, sends an alert, or both, as the task's drift policy
 * says.
 *
 * <p>A reconciler runs by itself after {@link #start()}. Without a start it works on demand: all
 * methods can be used at once. {@link #close()} ends it for good.
 *
 * <p>Safe for use by any thread. After {@code close()}, all methods throw {@link
 * IllegalStateException}, except {@link #status()}, {@link #manifest()}, {@link #events}, {@link
 * #output}, {@link #awaitClose()} and {@code close()}. The methods that wait ({@link #cycle},
 * {@link #plan}, {@link #reconcile(ManualRun)} and {@code close()}) also throw it when an executor,
 * a subscriber or a sink calls them, because they would wait for themselves. If a thread that waits
 * is interrupted, the method throws {@link IllegalStateException} and keeps the thread's interrupt;
 * the work goes on.
 *
 * <p>It has no JSON form: Jackson, Gson and their like fail on it, or leave out secrets and more.
 */
public final class Reconciler implements AutoCloseable {
  private final Engine engine;
  private final OpenAfterPoll afterPoll;
  private final Results results;
  private final AtomicBoolean startCalled = new AtomicBoolean();
  private final AtomicBoolean closeCalled = new AtomicBoolean();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();

  Reconciler(Engine engine) {
    this.engine = engine;
    this.afterPoll = new OpenAfterPoll(engine, this::requireOpen);
    this.results = new Results(engine.scheduler());
  }

  /** A builder with the documented defaults. */
  public static ReconcilerBuilder builder() {
    return new ReconcilerBuilder();
  }

  /**
   * Starts the timers and opens a first cycle for all agents, without waiting for it. Each agent is
   * then checked every poll interval, at a moment of its own. Later calls do nothing.
   */
  public void start() {
    requireOpen();
    if (startCalled.compareAndSet(false, true)) {
      engine.start();
      var unused = openAfterPolling(Trigger.START);
    }
  }

  /**
   * Polls the sources, for at most 10 s, opens a cycle for all agents, and waits until all of them
   * are done. If a source does not answer, its last good revision counts, and the report notes it.
   */
  public CycleReport cycle() {
    requireOutside("cycle()");
    return results.await(openAfterPolling(Trigger.APPLICATION).thenCompose(PendingCycle::result));
  }

  /**
   * Opens a cycle for all agents and returns immediately. Polls the sources first only if none has
   * given a revision yet.
   */
  public void checkNow() {
    requireOpen();
    if (engine.sources().hasNone()) {
      var unused = openAfterPolling(Trigger.APPLICATION);
    } else {
      var unused = engine.open(Trigger.APPLICATION, Scope.all(), List.of());
    }
  }

  /**
   * Polls the sources and returns immediately; a new revision opens a cycle for all agents, whose
   * trigger is {@code hook}. For webhooks that announce a push. However often it is called during a
   * poll of a source, one more poll follows.
   */
  public void pollNow() {
    requireOpen();
    engine.pollInPassing();
  }

  /**
   * Reports what a manual run of this scope would apply, and applies nothing. Polls the sources,
   * for at most 10 s, runs the checks in scope, and waits for them.
   *
   * @throws IllegalArgumentException if the scope names an unknown task or agent
   * @throws dev.fluke.request.TooManyRunsException if 1,000 runs and plans wait, or 64 for its
   *     agent
   */
  public Plan plan(Scope scope) {
    requireOutside("plan()");
    return results.await(
        engine
            .waitingRuns()
            .limited(
                scope,
                waiting ->
                    afterPoll
                        .open(Trigger.PLAN, notes -> engine.plan(scope, notes, waiting))
                        .thenCompose(PendingCycle::result)));
  }

  /** The same as {@code reconcile(ManualRun.of(scope))}. */
  public CycleReport reconcile(Scope scope) {
    return reconcile(ManualRun.of(scope));
  }

  /**
   * Runs a scope manually and waits until all its agents are done. Polls the sources first, for at
   * most 10 s. A manual run goes before automatic cycles and applies whatever has drifted,
   * regardless of drift policy and back-off.
   *
   * @throws IllegalArgumentException if the scope names an unknown task or agent
   */
  public CycleReport reconcile(ManualRun run) {
    requireOutside("reconcile()");
    return results.await(submit(run));
  }

  /**
   * As {@link #reconcile(ManualRun)}, without waiting: also for executors and subscribers.
   *
   * @return completes when all agents in scope are done, on a thread that no work of the loop waits
   *     for; fails with what {@code reconcile} throws
   * @throws dev.fluke.request.TooManyRunsException if 1,000 runs and plans wait, or 64 for its
   *     agent
   */
  public CompletableFuture<CycleReport> submit(ManualRun run) {
    requireOpen();
    return results.offTheLoop(
        engine
            .waitingRuns()
            .limited(
                run.scope(),
                waiting ->
                    afterPoll
                        .open(Trigger.MANUAL, notes -> engine.open(run, notes, waiting))
                        .thenCompose(PendingCycle::result)));
  }

  private CompletableFuture<PendingCycle<TaskReport, CycleReport>> openAfterPolling(
      Trigger trigger) {
    return afterPoll.open(trigger, notes -> engine.open(trigger, Scope.all(), notes));
  }

  /** A snapshot of the fleet: agents, tasks, sources, incidents and sinks. Never waits. */
  public FleetStatus status() {
    return engine.status();
  }

  /** The tasks in force now, of all sources; empty until a source gives its first revision. */
  public Manifest manifest() {
    return engine.revision().manifest();
  }

  /**
   * The latest events about one agent, oldest first, as far as the event store keeps them, and
   * those that wait for it. Calls the store on this thread, so only the caller waits for it.
   *
   * @param agent the agent's name; the empty string for events that concern no agent
   * @param atMost the largest number of events to return
   */
  public List<Event> events(String agent, int atMost) {
    return engine.recorder().latest(agent, atMost);
  }

  /**
   * What the failed applies of a run printed, the oldest first, with secrets masked. It keeps the
   * latest 64 MiB in memory, so it is empty for a run that is too old or of an earlier process, and
   * for one without a failed apply.
   *
   * @param run the id of a cycle or manual run, from {@link TaskReport#run()}, an event or the
   *     status
   */
  public List<ApplyOutput> output(String run) {
    return engine.outputs().of(requireNonNull(run, "run"));
  }

  /**
   * Sends every event from now on to this subscriber, in order, one at a time.
   *
   * @return ends the subscription when closed
   */
  public AutoCloseable subscribe(EventSubscriber subscriber) {
    requireOpen();
    return engine.recorder().subscribe(requireNonNull(subscriber, "subscriber"));
  }

  /**
   * Adds this agent, or replaces the one of the same name, which keeps its memory if its address is
   * the same. A running reconciler checks a new or changed agent immediately.
   *
   * @throws IllegalArgumentException if it cannot be managed together with the others: if another
   *     agent has its address, and not both share it, or has its name in another case
   */
  public void put(Agent agent) {
    requireOpen();
    engine.members().put(agent);
  }

  /**
   * Removes an agent. Its tasks that wait or are being checked end as {@code CANCELLED}; an apply
   * that is under way runs to its end. Returns without waiting for that.
   *
   * @return whether there was an agent of this name
   */
  public boolean remove(String agentName) {
    requireOpen();
    return engine.members().remove(agentName);
  }

  /**
   * Manages exactly these agents from now on: adds, replaces and removes as needed. Agents whose
   * name and address stay keep their memory.
   *
   * @throws IllegalArgumentException if they cannot be managed together; the message names every
   *     problem, and nothing changes
   */
  public void replaceAll(Collection<Agent> agents) {
    requireOpen();
    engine.members().become(List.copyOf(agents));
  }

  /**
   * Ends the reconciler. It starts nothing new, ends checks, waits for applies as long as {@link
   * ReconcilerBuilder#closeGrace} allows (30 s by default), then ends them too, and closes all
   * connections. Then sinks, subscribers, observers and the event store get up to 5 s for what
   * waits for them. Returns within 40 s. A second call waits for the first.
   *
   * <p>It leaves no thread behind, except those stuck in a call that ignores its interrupt; it logs
   * these.
   *
   * @throws IllegalStateException if called from inside the loop
   */
  @Override
  public void close() {
    if (engine.isInside()) {
      throw new IllegalStateException("close() called from inside the loop would wait for itself");
    }
    if (closeCalled.compareAndSet(false, true)) {
      try {
        engine.close(results::close);
      } finally {
        closed.complete(null);
        engine.scheduler().close();
      }
    } else {
      results.awaitUninterruptibly(closed);
    }
  }

  /** Waits until another thread has closed the reconciler; for the end of {@code main}. */
  public void awaitClose() {
    results.await(closed);
  }

  private void requireOpen() {
    if (closeCalled.get()) {
      throw new IllegalStateException("the reconciler is closed");
    }
  }

  private void requireOutside(String method) {
    requireOpen();
    if (engine.isInside()) {
      throw new IllegalStateException(
          "%s waits for the loop, and was called from inside it; call submit(..), checkNow() or pollNow(), which don't wait"
              .formatted(method));
    }
  }
}
