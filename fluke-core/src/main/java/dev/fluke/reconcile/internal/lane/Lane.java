package dev.fluke.reconcile.internal.lane;

import dev.fluke.command.Mask;
import dev.fluke.reconcile.internal.connection.AddressAccess;
import dev.fluke.reconcile.internal.connection.HostAccess;
import dev.fluke.reconcile.internal.cycle.AgentCycle.Stage;
import dev.fluke.report.Outcome;
import dev.fluke.text.ErrorText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs all work at one address, one job at a time. Waiting automatic cycles fold into one per
 * agent; manual runs and plans go between two of their tasks, one at a time. Each stage of a job
 * has a permit of its own. Safe for use by any thread.
 */
public final class Lane {
  private static final Logger log = LoggerFactory.getLogger(Lane.class);

  private final LaneContext context;
  private final String address;
  private final AddressAccess access;
  private final Consumer<Lane> whenFree;
  private final LaneQueue queue = new LaneQueue();
  private final Deque<RunningJob> running = new ArrayDeque<>(); // the one that works is first
  private boolean busy;
  private ConcurrencyLimit.@Nullable Ticket ticket;
  private volatile @Nullable String stuckIn;
  private volatile Set<ManagedAgent> stuckAgents = Set.of();

  /** The lane of an address; calls {@code whenFree} each time it becomes free, without a lock. */
  public Lane(LaneContext context, String address, Consumer<Lane> whenFree) {
    this.context = context;
    this.address = address;
    this.whenFree = whenFree;
    this.access = new AddressAccess(context.scheduler(), this::interrupt, this::giveUp);
  }

  /** Queues a job, and starts it if the lane is free. */
  public void offer(AgentJob job) {
    String cancelled;
    String stuck;
    synchronized (this) {
      cancelled =
          context.whyCancelled(job.agent()); // here, so that none is queued after cancel(..)
      stuck = stuckIn;
      if (cancelled.isEmpty() && stuck == null) {
        queue.add(job);
        if (ticket != null && queue.hasUrgent()) {
          ticket.hurry();
        }
      }
    }
    if (!cancelled.isEmpty()) {
      context.listener().endedUnwalked(job, Outcome.CANCELLED, cancelled);
    } else if (stuck != null) {
      String why = "stuck: %s ignores its interrupt".formatted(stuck);
      context.listener().endedUnwalked(job, Outcome.SKIPPED, why);
    } else {
      proceed();
    }
  }

  /** Whether one more manual run or plan may wait for this agent. */
  public synchronized boolean hasRoomFor(ManagedAgent agent) {
    return queue.urgentOf(agent) < RunLimit.OF_AN_AGENT;
  }

  private void proceed() {
    RunningJob begun;
    synchronized (this) {
      AgentJob next = busy ? null : queue.next();
      if (next == null) {
        return;
      }
      busy = true;
      begun = push(next);
    }
    context.laneIsBusy();
    request(begun, Stage.CHECK);
  }

  private RunningJob push(AgentJob job) {
    job.begins();
    RunningJob begun = new RunningJob(job, context, access, this::hasUrgent);
    running.push(begun);
    return begun;
  }

  private synchronized boolean hasUrgent() {
    return queue.hasUrgent();
  }

  /** Asks for a permit, and goes on with the job once it is there. */
  private void request(RunningJob mine, Stage stage) {
    String name = "fluke-%s %s".formatted(stage.name().toLowerCase(Locale.ROOT), address);
    Runnable work = () -> context.thread().run(() -> work(mine, stage));
    ConcurrencyLimit.Ticket requested = context.limit(stage).ticket(name, work);
    boolean hurry;
    synchronized (this) {
      ticket = requested;
      hurry = mine.isUrgent() || queue.hasUrgent();
    }
    requested.request();
    if (hurry) {
      requested.hurry();
    }
  }

  private void work(RunningJob mine, Stage permit) {
    goOn(mine, advance(mine, permit));
  }

  private Stage advance(RunningJob mine, Stage permit) {
    try {
      return mine.hasEnded() ? Stage.DONE : mine.advance(permit);
    } catch (HostAccess.AbandonedException e) {
      return Stage.DONE;
    } catch (Throwable t) {
      Mask mask = context.cycles().secrets().mask();
      Throwable masked = ErrorText.masked(t, mask::hide);
      log.error("lane {}: a cycle failed; its tasks end UNKNOWN", address, masked);
      end(mine, Outcome.UNKNOWN, "the cycle failed: " + ErrorText.of(t, mask::hide));
      return Stage.DONE;
    }
  }

  /** Does what a job needs next; when it is done, goes on with the one that it interrupted. */
  private void goOn(RunningJob mine, Stage needed) {
    if (needed == Stage.YIELD && !mine.hasEnded()) {
      RunningJob inserted = insert();
      request(inserted == null ? mine : inserted, Stage.CHECK);
    } else if (needed == Stage.DONE || mine.hasEnded()) {
      end(mine, Outcome.UNKNOWN, "");
      resume();
    } else {
      request(mine, needed);
    }
  }

  private synchronized @Nullable RunningJob insert() {
    AgentJob next = queue.nextUrgent();
    return next == null ? null : push(next);
  }

  private synchronized @Nullable RunningJob working() {
    return running.peek();
  }

  private void resume() {
    RunningJob outer = working();
    if (outer == null) {
      free();
    } else {
      request(outer, Stage.CHECK);
    }
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
    context.laneIsFree();
    freed.forEach(context.listener()::freed);
    whenFree.accept(this);
    proceed();
  }

  /**
   * A call ignores its interrupt: ends all jobs without it, and releases its permit. Its first part
   * runs while the call can't return, so that a lane never counts as stuck after that.
   */
  private Runnable giveUp(String call) {
    GivenUp given;
    ConcurrencyLimit.Ticket held;
    synchronized (this) {
      stuckIn = call;
      running.forEach(one -> one.abandoned(call));
      running.forEach(RunningJob::markEnded);
      given = new GivenUp(call, List.copyOf(running), queue.takeAll());
      running.clear();
      stuckAgents = given.agents();
      held = ticket;
    }
    return () -> {
      log.warn("lane {} is stuck: {} ignores its interrupt", address, call);
      if (held != null) {
        held.release();
      }
      given.report(context.listener(), () -> stuckIn != null);
    };
  }

  /** Ends the waiting jobs of an agent, and interrupts its checks; an apply goes on. */
  public void cancel(ManagedAgent agent) {
    List<AgentJob> cancelled;
    RunningJob withdrawn = null;
    ConcurrencyLimit.Ticket interrupted = null; // that of this moment, not of a later job
    synchronized (this) {
      cancelled = queue.takeOf(agent);
      RunningJob working = running.peek();
      if (working != null && working.isOf(agent)) {
        if (ticket != null && ticket.withdraw()) {
          withdrawn = working;
        } else if (agent.isRemoved() ? !working.mayChangeTheHost() : !working.isApplying()) {
          interrupted = ticket;
        }
      }
    }
    String why = context.whyCancelled(agent);
    cancelled.forEach(job -> context.listener().endedUnwalked(job, Outcome.CANCELLED, why));
    if (withdrawn != null) {
      end(withdrawn, Outcome.CANCELLED, why);
      resume();
    } else if (interrupted != null) {
      interrupted.interrupt();
    }
  }

  /** Interrupts the checks of an agent that is reached in another way now; an apply goes on. */
  public void changed(ManagedAgent agent) {
    ConcurrencyLimit.Ticket interrupted;
    synchronized (this) {
      RunningJob working = running.peek();
      boolean checks = working != null && working.isOf(agent) && !working.isApplying();
      interrupted = checks ? ticket : null;
    }
    if (interrupted != null) {
      interrupted.interrupt();
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
    List<RunningJob> given;
    synchronized (this) {
      if (!busy) {
        return false;
      }
      if (stuckIn == null) {
        stuckIn = why;
      }
      given = new ArrayList<>(running);
    }
    given.forEach(one -> end(one, Outcome.CANCELLED, why));
    return true;
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
