package dev.fluke.reconcile;

import dev.fluke.agent.Agent;
import dev.fluke.event.Event;
import dev.fluke.event.EventSubscriber;
import dev.fluke.event.EventTypes;
import dev.fluke.manifest.Manifest;
import dev.fluke.report.CycleReport;
import dev.fluke.report.FleetStatus;
import dev.fluke.report.Plan;
import dev.fluke.report.Trigger;
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
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

  private final Engine loop;
  private final AtomicBoolean closeCalled = new AtomicBoolean();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();

  Reconciler(Engine loop) {
    this.loop = loop;
  }

  /** Begins a reconciler. */
  public static ReconcilerBuilder builder() {
    return new ReconcilerBuilder();
  }

  /** Sets the timers going, and opens a first cycle now. Calling it again does nothing. */
  public void start() {
    requireOpen();
    if (!loop.timers().isRunning()) {
      loop.timers().start();
      var unused = afterAskingSource(notes -> loop.open(Trigger.START, Scope.all(), notes));
    }
  }

  /** Asks the source, opens a cycle for all agents, and waits for all of them. */
  public CycleReport cycle() {
    requireOutside("cycle()");
    return waitFor(
        afterAskingSource(notes -> loop.open(Trigger.APPLICATION, Scope.all(), notes))
            .thenCompose(cycle -> cycle.report()));
  }

  /** Opens a cycle for all agents and returns at once. */
  public void checkNow() {
    requireOpen();
    if (loop.sources().hasNone()) {
      var unused = afterAskingSource(notes -> loop.open(Trigger.APPLICATION, Scope.all(), notes));
    } else {
      loop.open(Trigger.APPLICATION, Scope.all());
    }
  }

  /**
   * Asks the source and returns at once; a new revision opens a cycle for all agents. A source that
   * is being asked is asked once more, however often this is called meanwhile.
   */
  public void pollNow() {
    requireOpen();
    loop.pollSources();
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
        afterAskingSource(
                notes -> open(Trigger.PLAN, ManualRun.of(scope), AgentJob.Kind.PLAN, notes))
            .thenCompose(cycle -> cycle.plan()));
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
    return afterAskingSource(
            notes -> {
              PendingCycle cycle = open(Trigger.MANUAL, run, AgentJob.Kind.MANUAL, notes);
              loop.journal().tell(EventTypes.MANUAL_RUN, event -> asked(event, run));
              return cycle;
            })
        .thenCompose(cycle -> cycle.report());
  }

  private static Event asked(Event event, ManualRun run) {
    return EventFields.byWhom(event.with("scope", run.scope().toString()), run);
  }

  private PendingCycle open(
      Trigger trigger, ManualRun run, AgentJob.Kind kind, List<String> notes) {
    List<String> more = new ArrayList<>(notes);
    more.addAll(ScopeCheck.check(run.scope(), loop.fleet(), loop.revision().manifest(), notes));
    return loop.open(trigger, run.scope(), kind, Optional.of(run), more);
  }

  /** Asks the source, at most 10 s, then opens; what it hands over are notes for the report. */
  private CompletableFuture<PendingCycle> afterAskingSource(
      Function<List<String>, PendingCycle> opening) {
    requireOpen();
    CompletableFuture<SourceSet.Looked> answer = new CompletableFuture<>();
    var unused = loop.sources().look().thenAccept(came -> took(came, answer));
    loop.scheduler().after(SOURCE_ASKED_FOR, () -> answer.complete(loop.sources().unanswered()));
    return answer.thenApply(
        came -> {
          requireOpen();
          PendingCycle opened = opening.apply(came.notes());
          boolean partly = opened.trigger() == Trigger.MANUAL || opened.trigger() == Trigger.PLAN;
          if (came.adopted() && partly && loop.timers().isRunning()) {
            loop.open(Trigger.REVISION, Scope.all());
          }
          return opened;
        });
  }

  /** What comes after everybody has gone on without it opens a cycle of its own. */
  private void took(SourceSet.Looked came, CompletableFuture<SourceSet.Looked> awaited) {
    if (!awaited.complete(came) && came.adopted() && loop.timers().isRunning()) {
      loop.newRevision();
    }
  }

  /** How the fleet stands now. Works in any state. */
  public FleetStatus status() {
    return StatusAssembler.of(loop);
  }

  /** The tasks in force now, of all sources; none until one gave some. Works in any state. */
  public Manifest manifest() {
    return loop.revision().manifest();
  }

  /**
   * The latest events about one agent, oldest first. Works in any state.
   *
   * @param agent the agent's name; empty for events about no agent
   * @param atMost how many
   */
  public List<Event> events(String agent, int atMost) {
    return loop.settings().events().latest(agent, atMost);
  }

  /**
   * Tells this of events from now on.
   *
   * @return ends it when closed
   */
  public AutoCloseable subscribe(EventSubscriber subscriber) {
    requireOpen();
    return loop.journal().subscribe(subscriber);
  }

  /**
   * Manages this agent from now on, in place of one of the same name.
   *
   * @throws IllegalArgumentException if another agent has its address
   */
  public void put(Agent agent) {
    requireOpen();
    loop.members()
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
    loop.members().change(all -> found[0] = all.removeIf(other -> other.name().equals(agentName)));
    return found[0];
  }

  /**
   * Manages exactly these agents from now on; those that stay keep their memory.
   *
   * @throws IllegalArgumentException naming all that is wrong with them together
   */
  public void replaceAll(Collection<Agent> agents) {
    requireOpen();
    loop.members().become(List.copyOf(agents));
  }

  /**
   * Starts nothing new, ends checks, waits 30 s (unless set) for applies and then ends them too,
   * and leaves no thread behind but those stuck in calls that ignore an interrupt, which it logs.
   * Returns within 40 s. Legal in any state; a second call waits for the first.
   */
  @Override
  public void close() {
    if (loop.isInside()) {
      throw new IllegalStateException("close() called from inside the loop would wait for itself");
    }
    if (closeCalled.compareAndSet(false, true)) {
      try {
        loop.close();
      } finally {
        closed.complete(null);
        loop.scheduler().close();
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
    if (loop.isInside()) {
      throw new IllegalStateException(
          method
              + " waits for the loop, and was called from inside it; call submit(..), checkNow()"
              + " or pollNow(), which don't wait");
    }
  }

  private <T> T waitFor(CompletableFuture<T> future) {
    try {
      while (!loop.scheduler().await(future, FOR_EVER)) {
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
