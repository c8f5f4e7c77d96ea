package dev.fluke.reconcile;

import dev.fluke.report.Trigger;
import dev.fluke.request.Scope;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When agents and the source are looked at without being asked: every poll interval, each agent at
 * a moment of its own, and unreachable ones when their next try is due. Never in bursts.
 */
final class CycleTimers {
  private final Engine loop;
  private boolean running;
  private Scheduler.@Nullable Timer agentsTimer;

  CycleTimers(Engine loop) {
    this.loop = loop;
  }

  /** Sets the timers going; the first look is now. */
  void start() {
    synchronized (this) {
      running = true;
    }
    loop.fleet().all().forEach(this::spread);
    loop.sources().startPolling(loop::newRevision);
    if (loop.agents().hasSupplier()) {
      askForAgentsAfter(loop.settings().pollInterval());
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
    loop.sources().stopPolling();
    loop.fleet().all().forEach(agent -> agent.setPollTimer(null));
    loop.fleet().all().forEach(agent -> agent.setRetryTimer(null));
  }

  /** An agent that joins a running loop is looked at now, and then at its moments. */
  void agentJoined(ManagedAgent agent) {
    if (isRunning()) {
      open(Trigger.AGENT, agent);
      spread(agent);
    }
  }

  /** One that was declared otherwise in a running loop is looked at now, too. */
  void agentChanged(ManagedAgent agent) {
    if (isRunning()) {
      open(Trigger.AGENT, agent);
    }
  }

  private void spread(ManagedAgent agent) {
    Duration interval = loop.settings().pollInterval();
    double moment = loop.scheduler().random().nextDouble();
    pollAt(agent, loop.scheduler().nanoTime() + (long) (interval.toNanos() * moment) + 1);
  }

  private void pollAt(ManagedAgent agent, long at) {
    long delay = at - loop.scheduler().nanoTime();
    agent.setPollTimer(
        loop.scheduler()
            .after(
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
    long interval = loop.settings().pollInterval().toNanos();
    long late = Math.max(0, loop.scheduler().nanoTime() - last);
    return last + interval * (1 + late / interval);
  }

  private void open(Trigger trigger, ManagedAgent agent) {
    loop.open(trigger, Scope.agent(agent.name()));
  }

  private void askForAgentsAfter(Duration delay) {
    Scheduler.Timer timer =
        loop.scheduler()
            .after(
                delay,
                () -> {
                  if (isRunning()) {
                    askForAgentsAfter(loop.settings().pollInterval());
                    loop.agents().ask();
                  }
                });
    synchronized (this) {
      agentsTimer = timer;
    }
  }

  /** Tries an unreachable agent again when that is due, without waiting for its next poll. */
  void retryIfUnreachable(ManagedAgent agent) {
    Duration wait = agent.link().untilRetry();
    if (wait == null || wait.isNegative() || !isRunning() || agent.isRemoved()) {
      return; // a try that is overdue comes with the next poll
    }
    agent.setRetryTimer(
        loop.scheduler()
            .after(
                wait,
                () -> {
                  if (isRunning() && !agent.isRemoved()) {
                    open(Trigger.RECOVERY, agent);
                  }
                }));
  }
}
