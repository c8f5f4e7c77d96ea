package dev.fluke.reconcile.internal.connection;

import dev.fluke.agent.Agent;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether an agent's connection can be used, as its transport says under a limit. Used by one
 * thread at a time.
 */
final class ConnectionState {
  private static final Logger log = LoggerFactory.getLogger(ConnectionState.class);

  /** As long as the shortest limit of a question, so that the watchdog's timer can stay. */
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final CallWatchdog calls;
  private final Agent agent;
  private final AgentConnection connection;

  ConnectionState(CallWatchdog calls, Agent agent, AgentConnection connection) {
    this.calls = calls;
    this.agent = agent;
    this.connection = connection;
  }

  /** Whether it is open; not if the transport does not say so. Never throws. */
  boolean isOpen() {
    try {
      return calls.call("isOpen() of a connection", LIMIT, connection::isOpen);
    } catch (Exception e) {
      log.debug("agent {}: isOpen() of its connection failed", agent.name(), e);
      return false;
    }
  }

  /** Waits for a turn to log in, if it has to connect; no limit of a call counts meanwhile. */
  void awaitLogin(boolean patient) throws InterruptedException {
    if (!isOpen()) {
      connection.awaitLogin(patient);
    }
  }

  /** Whether to connect before the first checks; {@code asksTheHost} if they surely need it. */
  boolean needsConnecting(boolean asksTheHost) {
    return agent.transport().isPresent() && !isOpen() && (asksTheHost || connection.wasNeeded());
  }
}
