package dev.fluke.reconcile;

import dev.fluke.agent.Agent;
import dev.fluke.event.Event;
import dev.fluke.event.EventSubscriber;
import dev.fluke.manifest.Manifest;
import dev.fluke.reconcile.internal.engine.Engine;
import dev.fluke.reconcile.internal.lane.PendingCycle;
import dev.fluke.reconcile.internal.revision.SourceSet;
import dev.fluke.report.CycleReport;
import dev.fluke.report.FleetStatus;
import dev.fluke.report.Plan;
import dev.fluke.report.TaskReport;
import dev.fluke.report.Trigger;
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Keeps a fleet as its manifest declares: checks, detects drift, and heals or speaks as each task's
 * drift policy says.
 *
 * <p>All methods work before {@link #start()}, which only sets the timers going, and are safe for
 * use by any thread. After {@link #close()} they throw {@link IllegalStateException}, {@link
 * #status()}, {@link #events} and {@code close} aside. Those that wait ({@link #cycle}, {@link
 * #plan}, {@link #reconcile}, {@code close}) throw it too when called from inside the loop: from an
 * executor or a subscriber. Interrupting a caller ends its waiting, not the work.
 */
public final class Reconciler implements AutoCloseable {
  private static final Duration FOR_EVER = Duration.ofDays(36_500);
  private static final Duration SOURCE_ASKED_FOR = Duration.ofSeconds(10);

  private final Engine engine;
  private final AtomicBoolean closeCalled = new AtomicBoolean();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();

  Reconciler(Engine engine) {
    this.engine = engine;
  }

  /** Begins a reconciler. */
  public static ReconcilerBuilder builder() {
    return new ReconcilerBuilder();
  }

  /** Sets the timers going, and opens a first cycle now. Calling it again does nothing. */
  public void start() {
    requireOpen();
    if (!engine.isStarted()) {
      engine.start();
      var unused = openAfterPolling(Trigger.START);
    }
  }

  /** Asks the source, opens a cycle for all agents, and waits for all of them. */
  public CycleReport cycle() {
    requireOutside("cycle()");
    return waitFor(openAfterPolling(Trigger.APPLICATION).thenCompose(PendingCycle::result));
  }

  /** Opens a cycle for all agents and returns at once. */
  public void checkNow() {
    requireOpen();
    if (engine.hasNoRevision()) {
      var unused = openAfterPolling(Trigger.APPLICATION);
    } else {
      var unused = engine.open(Trigger.APPLICATION, Scope.all(), List.of());
    }
  }

  /**
   * Asks the source and returns at once; a new revision opens a cycle for all agents. A source that
   * is being asked is asked once more, however often this is called meanwhile.
   */
  public void pollNow() {
    requireOpen();
    engine.pollInPassing();
  }

  /**
   * Asks the source, runs the checks in scope, and says what a manual run would apply. Applies
   * nothing.
   *
   * @throws IllegalArgumentException if the scope names a task or an agent that there is not
   */
  public Plan plan(Scope scope) {
    requireOutside("plan()");
    return waitFor(
        afterPolling(Trigger.PLAN, notes -> engine.plan(scope, notes))
            .thenCompose(PendingCycle::result));
  }

  /** The same as {@code reconcile(ManualRun.of(scope))}. */
  public CycleReport reconcile(Scope scope) {
    return reconcile(ManualRun.of(scope));
  }

  /**
   * Reconciles by hand, whatever the drift policy says, and waits for the end.
   *
   * @throws IllegalArgumentException if the scope names a task or an agent that there is not
   */
  public CycleReport reconcile(ManualRun run) {
    requireOutside("reconcile()");
    return waitFor(submit(run));
  }

  /**
   * As {@link #reconcile(ManualRun)}, without waiting.
   *
   * @return done when all agents in scope are; fails as {@code reconcile} would throw
   */
  public CompletableFuture<CycleReport> submit(ManualRun run) {
    requireOpen();
    return afterPolling(Trigger.MANUAL, notes -> engine.open(run, notes))
        .thenCompose(PendingCycle::result);
  }

  private CompletableFuture<PendingCycle<TaskReport, CycleReport>> openAfterPolling(
      Trigger trigger) {
    return afterPolling(trigger, notes -> engine.open(trigger, Scope.all(), notes));
  }

  /** Polls the sources, at most 10 s, then opens; what it hands over are notes for the report. */
  private <P, R> CompletableFuture<PendingCycle<P, R>> afterPolling(
      Trigger trigger, Function<List<String>, PendingCycle<P, R>> opening) {
    requireOpen();
    CompletableFuture<SourceSet.Polled> answer = new CompletableFuture<>();
    var unused = engine.poll().thenAccept(polled -> adoptLate(polled, answer));
    engine.scheduler().after(SOURCE_ASKED_FOR, () -> answer.complete(engine.unanswered()));
    return answer.thenApply(
        polled -> {
          requireOpen();
          PendingCycle<P, R> opened = opening.apply(polled.notes());
          boolean partly = trigger == Trigger.MANUAL || trigger == Trigger.PLAN;
          if (polled.adopted() && partly && engine.isStarted()) {
            engine.openForNewRevision();
          }
          return opened;
        });
  }

  /** A revision that came after the caller went on without it opens a cycle of its own. */
  private void adoptLate(SourceSet.Polled polled, CompletableFuture<SourceSet.Polled> awaited) {
    if (!awaited.complete(polled) && polled.adopted() && engine.isStarted()) {
      engine.openForNewRevision();
    }
  }

  /** How the fleet stands now. Works in any state. */
  public FleetStatus status() {
    return engine.status();
  }

  /** The tasks in force now, of all sources; none until one gave some. Works in any state. */
  public Manifest manifest() {
    return engine.revision().manifest();
  }

  /**
   * The latest events about one agent, oldest first. Works in any state.
   *
   * @param agent the agent's name; empty for events about no agent
   * @param atMost how many
   */
  public List<Event> events(String agent, int atMost) {
    return engine.events(agent, atMost);
  }

  /**
   * Tells this of events from now on.
   *
   * @return ends it when closed
   */
  public AutoCloseable subscribe(EventSubscriber subscriber) {
    requireOpen();
    return engine.subscribe(subscriber);
  }

  /**
   * Manages this agent from now on, in place of one of the same name.
   *
   * @throws IllegalArgumentException if another agent has its address
   */
  public void put(Agent agent) {
    requireOpen();
    engine
        .members()
        .change(
            all -> {
              all.removeIf(other -> other.name().equals(agent.name()));
              all.add(agent);
            });
  }

  /**
   * Manages this agent no longer: what is under way for it ends CANCELLED, a running apply ends.
   *
   * @return whether there was one of this name
   */
  public boolean remove(String agentName) {
    requireOpen();
    boolean[] found = {false};
    engine
        .members()
        .change(all -> found[0] = all.removeIf(other -> other.name().equals(agentName)));
    return found[0];
  }

  /**
   * Manages exactly these agents from now on; those that stay keep their memory.
   *
   * @throws IllegalArgumentException naming all that is wrong with them together
   */
  public void replaceAll(Collection<Agent> agents) {
    requireOpen();
    engine.members().become(List.copyOf(agents));
  }

  /**
   * Starts nothing new, ends checks, waits 30 s (unless set) for applies and then ends them too,
   * and leaves no thread behind but those stuck in calls that ignore an interrupt, which it logs.
   * Returns within 40 s. Legal in any state; a second call waits for the first.
   */
  @Override
  public void close() {
    if (engine.isInside()) {
      throw new IllegalStateException("close() called from inside the loop would wait for itself");
    }
    if (closeCalled.compareAndSet(false, true)) {
      try {
        engine.close();
      } finally {
        closed.complete(null);
        engine.scheduler().close();
      }
    } else {
      awaitClose();
    }
  }

  /** Waits until the reconciler is closed by somebody; for the end of a {@code main} method. */
  public void awaitClose() {
    waitFor(closed);
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
          method
              + " waits for the loop, and was called from inside it; call submit(..), checkNow()"
              + " or pollNow(), which don't wait");
    }
  }

  private <T> T waitFor(CompletableFuture<T> future) {
    try {
      while (!engine.scheduler().await(future, FOR_EVER)) {
        // a hundred years later
      }
      return future.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting; the work goes on", e);
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
