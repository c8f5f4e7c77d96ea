package dev.fluke.cli.access;

import dev.fluke.agent.Agent;
import dev.fluke.agent.Selector;
import java.util.Map;
import java.util.Set;

/**
 * Who calls the API. Immutable.
 *
 * @param name the name of the credential; it is the actor of the caller's manual runs
 * @param rights what the caller may do
 * @param on the agents that the caller may know of and act on
 */
public record Caller(String name, Set<Right> rights, Selector on) {
  private static final String ANY_LABEL = "any";
  private static final Selector EVERY_AGENT = Selector.everyAgent();

  /** Copies the rights. */
  public Caller {
    rights = Set.copyOf(rights);
  }

  /** A caller that may do everything on every agent. */
  public static Caller unrestricted(String name) {
    return new Caller(name, Right.all(), EVERY_AGENT);
  }

  /** The sender of a request that needs no credential; he has no rights and knows no agent. */
  public static Caller nobody() {
    Selector.Label label = Selector.label(ANY_LABEL);
    return new Caller("", Set.of(), label.exists().and(label.absent()));
  }

  /** Whether the caller may know of some agents only. */
  public boolean isRestricted() {
    return !on.toString().equals(EVERY_AGENT.toString());
  }

  /** Whether the caller has this right. */
  public boolean may(Right right) {
    return rights.contains(right);
  }

  /** Whether the caller may know of the agent with this name and these labels. */
  public boolean knows(String agent, Map<String, String> labels) {
    return on.matches(Agent.named(agent).labels(labels));
  }
}
