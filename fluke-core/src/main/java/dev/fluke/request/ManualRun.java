package dev.fluke.request;

import static java.util.Objects.requireNonNull;

/**
 * A reconciliation that a person asked for: it bypasses the drift policy and the back-off, never
 * the check or the verification. Each option returns a new value; immutable.
 */
public final class ManualRun {
  private final Scope scope;
  private final String actor;
  private final String reason;
  private final boolean forced;

  private ManualRun(Scope scope, String actor, String reason, boolean forced) {
    this.scope = scope;
    this.actor = actor;
    this.reason = reason;
    this.forced = forced;
  }

  /** A run of this scope, asked for by {@code application}, without a reason. */
  public static ManualRun of(Scope scope) {
    return new ManualRun(requireNonNull(scope, "scope"), "application", "", false);
  }

  /** Asked for by this person or system; stands in reports and events. */
  public ManualRun by(String who) {
    return new ManualRun(scope, requireNonNull(who, "who"), reason, forced);
  }

  /** For this reason; stands in reports and events. */
  public ManualRun because(String why) {
    return new ManualRun(scope, actor, requireNonNull(why, "why"), forced);
  }

  /**
   * Applies steps that are in sync, too.
   *
   * @throws IllegalStateException if the scope is everything; name a task or an agent
   */
  public ManualRun force() {
    if (scope.task().isEmpty() && scope.agent().isEmpty()) {
      throw new IllegalStateException(
          "force() would apply everything everywhere; name a task or an agent as scope");
    }
    return new ManualRun(scope, actor, reason, true);
  }

  /** What it covers. */
  public Scope scope() {
    return scope;
  }

  /** Who asked. */
  public String actor() {
    return actor;
  }

  /** Why; empty if not said. */
  public String reason() {
    return reason;
  }

  /** Whether steps in sync are applied, too. */
  public boolean isForced() {
    return forced;
  }
}
