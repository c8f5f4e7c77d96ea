package dev.fluke.reconcile.internal.incident;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What an incident is about.
 *
 * @param agent the agent's name; empty for a source and for the event store
 * @param name the name of a task or a source; empty for an agent
 */
record Subject(Aspect aspect, String agent, String name) {

  /** Which part of the fleet it is. */
  enum Aspect {
    TASK,
    /** Whether an agent can be reached. */
    AGENT,
    /** Whether work on an agent's address goes on. */
    LANE,
    SOURCE,
    EVENT_STORE
  }

  static Subject ofTask(String agent, String task) {
    return new Subject(Aspect.TASK, agent, task);
  }

  static Subject ofAgent(String agent) {
    return new Subject(Aspect.AGENT, agent, "");
  }

  static Subject ofLane(String agent) {
    return new Subject(Aspect.LANE, agent, "");
  }

  static Subject ofSource(String source) {
    return new Subject(Aspect.SOURCE, "", source);
  }

  static Subject ofEventStore() {
    return new Subject(Aspect.EVENT_STORE, "", "event store");
  }

  /** The name of the task; empty if it is about none. */
  String task() {
    return aspect == Aspect.TASK ? name : "";
  }

  /**
   * A key that stays the same after a restart.
   *
   * @param source the name of the source that declares it; empty for an agent
   */
  String key(String source) {
    String last = // no task's name has a NUL
        switch (aspect) {
          case TASK, AGENT, SOURCE -> task();
          case LANE -> "\0lane";
          case EVENT_STORE -> "\0event store";
        };
    String named = source + "\0" + agent + "\0" + last;
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(named.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
