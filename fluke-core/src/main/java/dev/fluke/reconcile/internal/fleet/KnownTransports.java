package dev.fluke.reconcile.internal.fleet;

import dev.fluke.agent.Agent;
import dev.fluke.command.Mask;
import dev.fluke.command.internal.OpaqueValues;
import dev.fluke.command.internal.ValueDigest;
import dev.fluke.reconcile.internal.memory.LoopSecrets;
import dev.fluke.text.ErrorText;
import dev.fluke.transport.Transport;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whether an agent that is declared again is reached as before. A transport whose class
 * defines no equality is taken as changed once for each agent; from then on the connection stays.
 * Calls code of the user, so it is called without a lock, on the thread that declares the agent.
 * Safe for use by any thread.
 */
final class KnownTransports {
  private static final Logger log = LoggerFactory.getLogger(KnownTransports.class);
  private static final int SPARE = 1_000;

  private final Fleet fleet;
  private final Consumer<String> warn;
  private final Mask mask;
  private final OpaqueValues opaque = new OpaqueValues();
  private final Map<String, Boolean> changedOnce = new ConcurrentHashMap<>();

  /**
   * Knows the transports of this fleet.
   *
   * @param warn takes warnings for the status
   * @param mask learns the secrets of all transports
   */
  KnownTransports(Fleet fleet, Consumer<String> warn, Mask mask) {
    this.fleet = fleet;
    this.warn = warn;
    this.mask = mask;
  }

  /** The same agent, with the transport object that is in use if it means the same. */
  Agent settled(Agent wanted) {
    wanted.transport().ifPresent(transport -> LoopSecrets.learn(mask, transport));
    Fleet.Member member = fleet.find(wanted.name());
    if (member == null || !member.agent().agent().address().equals(wanted.address())) {
      return wanted;
    }
    Transport known = member.agent().agent().transport().orElse(null);
    Transport other = wanted.transport().orElse(null);
    if (known == null || other == null || known == other) {
      return wanted;
    }
    return isSame(wanted.name(), known, other) ? wanted.transport(known) : wanted;
  }

  private boolean isSame(String agent, Transport known, Transport other) {
    if (known.getClass() != other.getClass()) {
      return false;
    }
    try {
      return known.equals(other) || hasSameParts(agent, known, other);
    } catch (Throwable t) {
      Throwable masked = ErrorText.masked(t, mask::hide);
      log.debug("agent '{}': its transports can't be compared", agent, masked);
      String why = ErrorText.withCauses(t, mask::hide);
      return !isFirst(agent, "its transport can't be compared: " + why);
    }
  }

  private boolean hasSameParts(String agent, Transport known, Transport other) {
    OpaqueValues.Session session = opaque.at(agent);
    boolean same = ValueDigest.of(known, session).equals(ValueDigest.of(other, session));
    session.end();
    if (same || !session.hasOnlyIdentity()) {
      return same;
    }
    return !isFirst(agent, session.warnings("its transport").get(0));
  }

  /** Whether it is the first time that nobody knows; then it warns, too. */
  private boolean isFirst(String agent, String why) {
    if (changedOnce.size() > 2 * fleet.names().size() + SPARE) {
      changedOnce.keySet().retainAll(fleet.names());
      opaque.keep(fleet.names());
    }
    boolean first = changedOnce.putIfAbsent(agent, true) == null;
    if (first) {
      warn.accept(
          "agent '%s': %s. Fluke connected again once, and keeps that connection from now on"
              .formatted(agent, why));
    }
    return first;
  }
}
