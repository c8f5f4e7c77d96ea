package dev.fluke.reconcile.internal.lane;

import dev.fluke.reconcile.internal.connection.AddressAccess;
import dev.fluke.reconcile.internal.connection.HostAccess;
import dev.fluke.reconcile.internal.cycle.AgentCycle;
import dev.fluke.reconcile.internal.cycle.Turn;
import dev.fluke.report.Outcome;
import dev.fluke.text.ErrorText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs all work at one address, one job at a time. Waiting automatic cycles fold into one per
 * agent; manual runs and plans wait in order and go first. Safe for use by any thread.
 */
public final class Lane {
  private static final Logger log = LoggerFactory.getLogger(Lane.class);

  private final LaneContext context;
  private final String address;
  private final AddressAccess access;
  private final Consumer<Lane> whenFree;
  private final LaneQueue queue = new LaneQueue();
  private final Deque<RunningJob> running = new ArrayDeque<>();
  private boolean busy;
  private ConcurrencyLimit.@Nullable Ticket ticket;
  private volatile @Nullable String stuckIn;
  private volatile Set<ManagedAgent> stuckAgents = Set.of();

  /**
   * The lane of an address.
   *
   * @param whenFree is called each time the lane becomes free, without a lock
   */
  public Lane(LaneContext context, String address, Consumer<Lane> whenFree) {
    this.context = context;
    this.address = address;
    this.whenFree = whenFree;
    this.access = new AddressAccess(context.scheduler(), this::interrupt, this::giveUp);
  }

  /** Queues a job, and starts it if the lane is free. */
  public void offer(AgentJob job) {
    String refused = context.whyCancelled(job.agent());
    synchronized (this) {
      if (refused.isEmpty() && stuckIn == null) {
        queue.add(job);
        if (ticket != null && queue.hasUrgent()) {
          ticket.hurry();
        }
      } else if (refused.isEmpty()) {
        refused = "stuck: " + stuckIn + " ignores its interrupt";
      }
    }
    if (refused.isEmpty()) {
      proceed();
    } else {
      Outcome outcome = stuckIn == null ? Outcome.CANCELLED : Outcome.SKIPPED;
      context.listener().endedUnwalked(job, outcome, refused);
    }
  }

  private void proceed() {
    synchronized (this) {
      if (busy) {
        return;
      }
      AgentJob next = queue.next();
      if (next == null) {
        return;
      }
      busy = true;
      running.push(running(next));
    }
    request(context.checking(), "check", RunningJob::beginToCheck);
  }

  private RunningJob running(AgentJob job) {
    return new RunningJob(job, context, this::begin);
  }

  private AgentCycle begin(AgentJob job) {
    Turn turn = new LaneTurn(job, context, this::throwIfAbandoned, this::yieldToManualRuns);
    ManagedAgent agent = job.agent();
    boolean patient = job.request().isGuarded();
    HostAccess host = access.open(agent.agent(), agent.connection(), turn, patient);
    return new AgentCycle(context.cycles(), job.request(), turn, host);
  }

  private void yieldToManualRuns() {
    while (true) {
      RunningJob inserted;
      synchronized (this) {
        AgentJob next = queue.nextUrgent();
        if (next == null) {
          return;
        }
        inserted = running(next);
        running.push(inserted);
      }
      try {
        inserted.runToItsEnd();
        end(inserted, Outcome.UNKNOWN, "");
      } catch (Throwable t) {
        failed(inserted, t);
      }
    }
  }

  private void stage(RunningJob mine, Consumer<RunningJob> stage) {
    try {
      throwIfAbandoned();
      stage.accept(mine);
    } catch (Throwable t) {
      failed(mine, t);
    }
    AgentCycle cycle = mine.cycle();
    if (mine.hasEnded() || cycle == null || cycle.isDone()) {
      end(mine, Outcome.UNKNOWN, "");
      free();
    } else if (mine.takeConnectFirst()) {
      request(context.connecting(), "connect", current -> cycle.connect());
    } else if (cycle.wantsToApply()) {
      request(context.applying(), "apply", current -> cycle.apply());
    } else {
      request(context.checking(), "check", current -> cycle.check());
    }
  }

  private void request(ConcurrencyLimit limit, String what, Consumer<RunningJob> stage) {
    RunningJob mine;
    synchronized (this) {
      mine = running.getLast();
    }
    ConcurrencyLimit.Ticket requested =
        limit.ticket(
            "fluke-" + what + " " + address, () -> context.thread().run(() -> stage(mine, stage)));
    boolean hurry;
    synchronized (this) {
      ticket = requested;
      hurry = queue.hasUrgent();
    }
    requested.request();
    if (hurry) {
      requested.hurry();
    }
  }

  private void failed(RunningJob mine, Throwable t) {
    if (!(t instanceof HostAccess.AbandonedException)) {
      log.error("lane {}: a cycle failed; its tasks end UNKNOWN", address, t);
    }
    end(mine, Outcome.UNKNOWN, "the cycle failed: " + ErrorText.of(t));
  }

  /** Ends a job with an outcome for each of its tasks; later calls do nothing. */
  private void end(RunningJob mine, Outcome unlessEnded, String why) {
    synchronized (this) {
      if (mine.hasEnded()) {
        return;
      }
      mine.markEnded();
      running.remove(mine);
    }
    mine.report(unlessEnded, why);
  }

  private void free() {
    Set<ManagedAgent> freed;
    synchronized (this) {
      busy = false;
      stuckIn = null;
      ticket = null;
      freed = stuckAgents;
      stuckAgents = Set.of();
    }
    freed.forEach(context.listener()::freed);
    whenFree.accept(this);
    proceed();
  }

  /** A call ignores its interrupt: ends all jobs without it, and releases its permit. */
  private void giveUp(String call) {
    List<RunningJob> given;
    ConcurrencyLimit.Ticket held;
    synchronized (this) {
      stuckIn = call;
      given = new ArrayList<>(running);
      held = ticket;
      stuckAgents = given.stream().map(one -> one.job().agent()).collect(Collectors.toSet());
    }
    log.warn("lane {} is stuck: {} ignores its interrupt", address, call);
    Set<ManagedAgent> agents = stuckAgents;
    agents.forEach(agent -> context.listener().stuck(agent, call));
    if (stuckIn == null) { // the call returned meanwhile
      agents.forEach(context.listener()::freed);
    }
    for (RunningJob one : given) {
      AgentCycle cycle = one.cycle();
      if (cycle != null) {
        cycle.abandoned(call);
      }
      end(one, Outcome.SKIPPED, "stuck: " + call + " did not return");
    }
    List<AgentJob> queued;
    synchronized (this) {
      queued = queue.takeAll();
    }
    queued.forEach(job -> context.listener().endedUnwalked(job, Outcome.SKIPPED, "stuck: " + call));
    if (held != null) {
      held.release();
    }
  }

  /** Ends waiting jobs, and lets running ones start nothing new; an apply under way goes on. */
  public void cancel(ManagedAgent agent) {
    List<AgentJob> cancelled;
    boolean withdrawn;
    synchronized (this) {
      cancelled = queue.takeOf(agent);
      boolean runs = running.stream().anyMatch(one -> one.isOf(agent));
      withdrawn = runs && ticket != null && ticket.withdraw();
    }
    String why = context.whyCancelled(agent);
    cancelled.forEach(job -> context.listener().endedUnwalked(job, Outcome.CANCELLED, why));
    if (withdrawn) {
      runningNow().forEach(one -> end(one, Outcome.CANCELLED, why));
      free();
    } else {
      cancelRunning(agent);
    }
  }

  private void cancelRunning(ManagedAgent agent) {
    List<RunningJob.Cancelled> cancelled =
        runningNow().stream().filter(one -> one.isOf(agent)).map(RunningJob::cancel).toList();
    if (cancelled.contains(RunningJob.Cancelled.RUNNING)
        && !cancelled.contains(RunningJob.Cancelled.APPLYING)) {
      interrupt();
    }
  }

  /** Interrupts the work that runs, even an apply. */
  public void interrupt() {
    ConcurrencyLimit.Ticket current;
    synchronized (this) {
      current = ticket;
    }
    if (current != null) {
      current.interrupt();
    }
  }

  /** Ends all running jobs without waiting for them; true if the lane was busy. */
  public boolean abandon(String why) {
    synchronized (this) {
      if (!busy) {
        return false;
      }
      if (stuckIn == null) {
        stuckIn = why;
      }
    }
    runningNow().forEach(one -> end(one, Outcome.CANCELLED, why));
    return true;
  }

  private synchronized List<RunningJob> runningNow() {
    return new ArrayList<>(running);
  }

  private void throwIfAbandoned() {
    if (stuckIn != null) {
      throw new HostAccess.AbandonedException();
    }
  }

  /** The call that ignores its interrupt; null if there is none. */
  public @Nullable String stuckIn() {
    return stuckIn;
  }

  public synchronized boolean isBusy() {
    return busy;
  }

  public String address() {
    return address;
  }
}
