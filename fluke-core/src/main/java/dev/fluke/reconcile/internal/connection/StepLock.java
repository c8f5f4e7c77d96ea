package dev.fluke.reconcile.internal.connection;

import dev.fluke.agent.Agent;
import dev.fluke.command.Command;
import dev.fluke.transport.Answer;
import dev.fluke.transport.Held;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The host's lock for the apply of one step: taken before its check is asked again, and given back
 * when its last command has ended. Used by one thread at a time.
 */
final class StepLock {
  private static final Logger log = LoggerFactory.getLogger(StepLock.class);
  private static final Duration SLACK = Duration.ofSeconds(60);

  private final CallWatchdog calls;
  private final Agent agent;
  private final AgentConnection connection;
  private final ConnectionState state;
  private @Nullable Held held;

  StepLock(CallWatchdog calls, Agent agent, AgentConnection connection, ConnectionState state) {
    this.calls = calls;
    this.state = state;
    this.agent = agent;
    this.connection = connection;
  }

  /**
   * Takes it. Never throws.
   *
   * @param wait how long the host keeps the lock while it waits for a command
   * @return why the lock is not held; empty if it is, or if the host has none
   */
  Optional<Answer.None> take(Duration wait) {
    try {
      state.awaitLogin(false);
      return calls.call(
          "taking the host's lock",
          wait.plus(SLACK),
          () -> {
            Held taken = connection.hold(wait);
            held = taken; // here, so that it is given back also if the call overran
            return taken.refused();
          });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return notTaken(Answer.Reason.NOT_BEGUN, "cancelled before it began");
    } catch (Throwable t) {
      log.debug(
          "agent {}: taking the host's lock failed", agent.name(), connection.errors().masked(t));
      return notTaken(Answer.Reason.CONNECTION_LOST, connection.errors().textOf(t));
    }
  }

  private static Optional<Answer.None> notTaken(Answer.Reason reason, String why) {
    return Optional.of(new Answer.None(reason, why, Optional.empty()));
  }

  /** Sends a command under it; without it, the command takes what lock there is. */
  Answer act(Command command, Supplier<String> refused) {
    Held lock = held;
    return lock == null ? connection.act(command, refused) : lock.act(command);
  }

  /** Gives it back, if it is held. Never throws. */
  void giveBack() {
    Held given = held;
    held = null;
    if (given == null) {
      return;
    }
    try {
      calls.call(
          "giving the host's lock back",
          SLACK,
          () -> {
            given.close();
            return true;
          });
    } catch (Throwable t) {
      log.debug(
          "agent {}: giving the host's lock back failed",
          agent.name(),
          connection.errors().masked(t));
    }
  }
}
