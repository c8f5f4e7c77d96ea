package dev.fluke.reconcile.internal.engine;

import dev.fluke.reconcile.internal.fleet.Fleet;
import dev.fluke.reconcile.internal.lane.ManagedAgent;
import dev.fluke.report.Trigger;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Opens cycles by the clock: for each agent every poll interval, at a moment of its own so that
 * agents are spread over the interval, and for an unreachable agent when its next try is due.
 */
final class CycleTimers {
  private final Scheduler scheduler;
  private final Duration interval;
  private final Fleet fleet;
  private final BiConsumer<Trigger, String> open;
  private boolean running;
  private @Nullable Runnable askForAgents;
  private Scheduler.@Nullable Timer agentsTimer;

  /**
   * Timers that have not started.
   *
   * @param open opens a cycle of the agent of this name
   */
  CycleTimers(
      Scheduler scheduler, Duration interval, Fleet fleet, BiConsumer<Trigger, String> open) {
    this.scheduler = scheduler;
    this.interval = interval;
    this.fleet = fleet;
    this.open = open;
  }

  /** Also calls this every poll interval. Must be set before the timers start. */
  void everyInterval(Runnable work) {
    askForAgents = work;
  }

  /** Starts the timers. */
  void start() {
    synchronized (this) {
      running = true;
    }
    fleet.members().forEach(member -> spread(member.agent()));
    Runnable ask = askForAgents;
    if (ask != null) {
      askForAgentsLater(ask);
    }
  }

  synchronized boolean isRunning() {
    return running;
  }

  void stop() {
    synchronized (this) {
      running = false;
      if (agentsTimer != null) {
        agentsTimer.cancel();
      }
    }
    fleet.members().forEach(member -> member.agent().stopTimers());
  }

  /** Checks an agent that joins a running loop now, and then every interval. */
  void agentJoined(ManagedAgent agent) {
    if (isRunning()) {
      open(Trigger.AGENT, agent);
      spread(agent);
    }
  }

  /** Checks an agent whose declaration changed in a running loop now. */
  void agentChanged(ManagedAgent agent) {
    if (isRunning()) {
      open(Trigger.AGENT, agent);
    }
  }

  private void spread(ManagedAgent agent) {
    double moment = scheduler.random().nextDouble();
    pollAt(agent, scheduler.nanoTime() + (long) (interval.toNanos() * moment) + 1);
  }

  private void pollAt(ManagedAgent agent, long at) {
    long delay = at - scheduler.nanoTime();
    agent.setPollTimer(
        scheduler.after(
            Duration.ofNanos(delay),
            () -> {
              if (isRunning() && !agent.isRemoved()) {
                pollAt(agent, next(at));
                open(Trigger.INTERVAL, agent);
              }
            }));
  }

  /** The next moment in step with the last, skipping those that were missed. */
  private long next(long last) {
    long late = Math.max(0, scheduler.nanoTime() - last);
    return last + interval.toNanos() * (1 + late / interval.toNanos());
  }

  private void open(Trigger trigger, ManagedAgent agent) {
    open.accept(trigger, agent.name());
  }

  private void askForAgentsLater(Runnable ask) {
    Scheduler.Timer timer =
        scheduler.after(
            interval,
            () -> {
              if (isRunning()) {
                askForAgentsLater(ask);
                ask.run();
              }
            });
    synchronized (this) {
      agentsTimer = timer;
    }
  }

  /** Tries an unreachable agent again when that is due, without waiting for its next poll. */
  void retryIfUnreachable(ManagedAgent agent) {
    Duration wait = agent.connection().untilRetry();
    if (wait == null || wait.compareTo(Duration.ZERO) <= 0 || !isRunning() || agent.isRemoved()) {
      return; // a try that is overdue comes with the next poll
    }
    agent.setRetryTimer(
        scheduler.after(
            wait,
            () -> {
              if (isRunning() && !agent.isRemoved()) {
                open(Trigger.RECOVERY, agent);
              }
            }));
  }
}
