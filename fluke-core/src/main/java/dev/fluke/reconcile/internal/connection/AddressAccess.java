package dev.fluke.reconcile.internal.connection;

import dev.fluke.agent.Agent;
import dev.fluke.command.Command;
import dev.fluke.time.Scheduler;
import dev.fluke.transport.Answer;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * What all cycles at one address share: the limits on calls, and the count of applies. One for each
 * lane.
 */
public final class AddressAccess {
  private final Scheduler scheduler;
  private final CallWatchdog watchdog;
  private final ApplyTracker applies;

  /**
   * The access to one address.
   *
   * @param interrupt interrupts the call under way, at its limit
   * @param stuck see {@link CallWatchdog}
   */
  public AddressAccess(Scheduler scheduler, Runnable interrupt, Function<String, Runnable> stuck) {
    this.scheduler = scheduler;
    this.watchdog = new CallWatchdog(scheduler, interrupt, stuck);
    this.applies = new ApplyTracker(scheduler);
  }

  /**
   * The access of one cycle.
   *
   * @param patient whether to wait for an unreachable host's next try instead of connecting now
   */
  public HostAccess open(
      Agent agent, AgentConnection connection, HostAccess.Permission permission, boolean patient) {
    ConnectionState state = new ConnectionState(watchdog, agent, connection);
    StepLock lock = new StepLock(watchdog, agent, connection, state);
    return new HostAccess(this, agent, lock, connection, state, permission, patient);
  }

  public Scheduler scheduler() {
    return scheduler;
  }

  public <T> T call(String what, Duration limit, Callable<T> call) throws Exception {
    return watchdog.call(what, limit, call);
  }

  /** How often something was applied at the address. */
  public long applies() {
    return applies.count();
  }

  public void countApply() {
    applies.countUp();
  }

  /** Sends a command of an apply, unless an earlier one still runs. */
  Answer act(Function<Command, Answer> send, Function<Command, Answer> ask, Command command) {
    return applies.act(send, ask, command);
  }
}
