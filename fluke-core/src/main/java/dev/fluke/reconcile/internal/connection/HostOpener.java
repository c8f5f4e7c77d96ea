package dev.fluke.reconcile.internal.connection;

import dev.fluke.agent.Agent;
import dev.fluke.time.Scheduler;
import dev.fluke.transport.HostConnection;
import dev.fluke.transport.Target;
import dev.fluke.transport.Transport;
import dev.fluke.transport.UnreachableException;

/** Opens a connection through an agent's transport. */
record HostOpener(Agent agent, Scheduler scheduler) {

  /**
   * The agent's transport.
   *
   * @throws IllegalStateException if it has none
   */
  Transport transport() {
    return agent
        .transport()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "agent '%s' has no host; it was declared without a transport"
                        .formatted(agent.name())));
  }

  HostConnection open(Transport transport) throws Exception {
    HostConnection opened = transport.open(target());
    if (opened == null) {
      throw UnreachableException.because("its transport's open(..) returned null");
    }
    return opened;
  }

  private Target target() {
    return Target.of(agent.name(), scheduler).defaultShell(agent.defaultShell()).path(agent.path());
  }
}
