package dev.fluke.report;

import java.util.Locale;

/** What opened a cycle. */
public enum Trigger {
  /** The reconciler was started. */
  START,
  /** The poll interval passed. */
  INTERVAL,
  /** A new revision is in force. */
  REVISION,
  /** A new revision is in force, found by {@code pollNow()}, as hooks of repositories call it. */
  HOOK,
  /** An unreachable agent was due for another try. */
  RECOVERY,
  /** An agent was added, or its declaration changed. */
  AGENT,
  /** The application called {@code cycle()} or {@code checkNow()}. */
  APPLICATION,
  /** Somebody started a manual run. */
  MANUAL,
  /** Somebody asked for a plan, which applies nothing. */
  PLAN;

  /** The name in lower case, as reports and JSON have it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
