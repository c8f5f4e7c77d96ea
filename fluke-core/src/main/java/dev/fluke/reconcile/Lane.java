package dev.fluke.reconcile;

import dev.fluke.report.Outcome;
import dev.fluke.report.TaskReport;
import dev.fluke.text.ErrorText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place where work at one address happens, one thing at a time. Automatic cycles that wait
 * fold into one for each agent; manual runs and plans queue as themselves, and go first.
 */
final class Lane {
  private static final Logger log = LoggerFactory.getLogger(Lane.class);

  private final Engine loop;
  private final String address;
  private final CallWatchdog guard;
  private final LaneQueue waiting = new LaneQueue();
  private final Deque<RunningJob> active = new ArrayDeque<>();
  private boolean busy;
  private ConcurrencyLimit.@Nullable Ticket ticket;
  private volatile @Nullable String stuckIn;
  private final ApplyTracker applied;

  Lane(Engine loop, String address) {
    this.loop = loop;
    this.address = address;
    this.applied = new ApplyTracker(loop.scheduler());
    this.guard = new CallWatchdog(loop.scheduler(), this::interrupt, this::giveUp);
  }

  /** Queues it; work begins at once if nothing else is under way. */
  void offer(AgentJob job) {
    String refused = loop.whyCancelled(job.agent);
    synchronized (this) {
      if (refused.isEmpty() && stuckIn == null) {
        waiting.add(job);
        if (ticket != null && waiting.hasUrgent()) {
          ticket.hurry();
        }
      } else if (refused.isEmpty()) {
        refused = "stuck: " + stuckIn + " ignores its interrupt";
      }
    }
    if (refused.isEmpty()) {
      proceed();
    } else {
      loop.ledger()
          .endUnwalked(job, stuckIn == null ? Outcome.CANCELLED : Outcome.SKIPPED, refused);
    }
  }

  private void proceed() {
    AgentJob next;
    synchronized (this) {
      if (busy) {
        return;
      }
      next = waiting.next();
      if (next == null) {
        return;
      }
      busy = true;
      active.push(new RunningJob(next));
    }
    request(loop.checking(), "look", first -> first.beginToLook(loop));
  }

  /** Lets manual runs and plans that wait have their turn, between two tasks of a cycle. */
  void yieldToManualRuns(AgentJob current) {
    if (current.kind != AgentJob.Kind.AUTOMATIC) {
      return;
    }
    while (true) {
      RunningJob inserted;
      synchronized (this) {
        AgentJob next = waiting.nextUrgent();
        if (next == null) {
          return;
        }
        inserted = new RunningJob(next);
        active.push(inserted);
      }
      try {
        inserted.walkToItsEnd(loop);
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
    AgentCycle walk = mine.walk();
    if (mine.hasEnded() || walk == null || walk.isDone()) {
      end(mine, Outcome.UNKNOWN, "");
      free();
    } else if (mine.connectFirst()) {
      mine.connectFirst(false);
      request(loop.connecting(), "connect", current -> walk.connect());
    } else if (walk.wantsToMend()) {
      request(loop.applying(), "mend", current -> walk.mend());
    } else {
      request(loop.checking(), "look", current -> walk.look());
    }
  }

  private void request(ConcurrencyLimit permits, String what, Consumer<RunningJob> stage) {
    RunningJob mine;
    synchronized (this) {
      mine = active.getLast();
    }
    ConcurrencyLimit.Ticket requested =
        permits.ticket(
            "fluke-" + what + " " + address, () -> loop.inside(() -> stage(mine, stage)));
    boolean hurry;
    synchronized (this) {
      ticket = requested;
      hurry = waiting.hasUrgent();
    }
    requested.request();
    if (hurry) {
      requested.hurry();
    }
  }

  private void failed(RunningJob mine, Throwable t) {
    if (!(t instanceof AbandonedException)) {
      log.error("lane {}: a cycle failed; its tasks end UNKNOWN", address, t);
    }
    end(mine, Outcome.UNKNOWN, "the cycle failed: " + ErrorText.of(t));
  }

  /** Ends a walk, once, with an outcome for each of its tasks. */
  private void end(RunningJob mine, Outcome unlessEnded, String why) {
    synchronized (this) {
      if (mine.hasEnded()) {
        return;
      }
      mine.end();
      active.remove(mine);
    }
    AgentCycle walk = mine.walk();
    if (walk == null) {
      loop.ledger().endUnwalked(mine.job(), unlessEnded, why);
      return;
    }
    String cancelled = loop.whyCancelled(mine.job().agent);
    List<TaskReport> reports =
        cancelled.isEmpty()
            ? walk.report(unlessEnded, why)
            : walk.report(Outcome.CANCELLED, cancelled);
    loop.ledger().walked(mine.job(), walk, reports);
  }

  private void free() {
    synchronized (this) {
      busy = false;
      stuckIn = null;
      ticket = null;
    }
    loop.laneIsFree(this);
    proceed();
  }

  /** A call ignores its interrupt: its walks end without it, and its permit goes to others. */
  private void giveUp(String call) {
    List<RunningJob> given;
    ConcurrencyLimit.Ticket held;
    synchronized (this) {
      stuckIn = call;
      given = new ArrayList<>(active);
      held = ticket;
    }
    log.warn("lane {} is stuck: {} ignores its interrupt", address, call);
    for (RunningJob one : given) {
      AgentCycle walk = one.walk();
      if (walk != null) {
        walk.tasks().stream()
            .filter(task -> !task.hasEnded() && walk.errand().isWorkingOn(task))
            .forEach(task -> task.end(Outcome.UNKNOWN, call + " did not return"));
      }
      end(one, Outcome.SKIPPED, "stuck: " + call + " did not return");
    }
    List<AgentJob> queued;
    synchronized (this) {
      queued = waiting.takeAll();
    }
    queued.forEach(job -> loop.ledger().endUnwalked(job, Outcome.SKIPPED, "stuck: " + call));
    if (held != null) {
      held.release();
    }
  }

  /** Ends what waits, and asks what runs to start nothing new; an apply under way goes on. */
  void cancel(ManagedAgent agent) {
    List<AgentJob> cancelled;
    boolean withdrawn;
    synchronized (this) {
      cancelled = waiting.takeOf(agent);
      boolean running = active.stream().anyMatch(one -> one.job().agent == agent);
      withdrawn = running && ticket != null && ticket.withdraw();
    }
    String why = loop.whyCancelled(agent);
    cancelled.forEach(job -> loop.ledger().endUnwalked(job, Outcome.CANCELLED, why));
    if (withdrawn) {
      activeNow().forEach(one -> end(one, Outcome.CANCELLED, why));
      free();
      return;
    }
    boolean running = false;
    boolean applying = false;
    for (RunningJob one : activeNow()) {
      AgentCycle walk = one.walk();
      if (one.job().agent == agent && walk != null) {
        walk.errand().cancel();
        running = true;
        applying |= walk.errand().isApplying();
      }
    }
    if (running && !applying) {
      interrupt();
    }
  }

  /** Interrupts whatever runs, an apply too. */
  void interrupt() {
    ConcurrencyLimit.Ticket running;
    synchronized (this) {
      running = ticket;
    }
    if (running != null) {
      running.interrupt();
    }
  }

  /** Ends all walks without waiting any longer; true if there was one. */
  boolean abandon(String why) {
    synchronized (this) {
      if (!busy) {
        return false;
      }
      if (stuckIn == null) {
        stuckIn = why;
      }
    }
    activeNow().forEach(one -> end(one, Outcome.CANCELLED, why));
    return true;
  }

  private synchronized List<RunningJob> activeNow() {
    return new ArrayList<>(active);
  }

  /** Called where a walk goes on after a call: not if its lane was given up meanwhile. */
  void throwIfAbandoned() {
    if (stuckIn != null) {
      throw new AbandonedException();
    }
  }

  @Nullable String stuckIn() {
    return stuckIn;
  }

  synchronized boolean isBusy() {
    return busy;
  }

  String address() {
    return address;
  }

  CallWatchdog guard() {
    return guard;
  }

  ApplyTracker applied() {
    return applied;
  }
}
