package dev.fluke.request;

import static java.util.Objects.requireNonNull;

/**
 * A request to reconcile now, by a person or another system. It bypasses the drift policy and the
 * back-off, but never the check or the verification.
 *
 * <p>Each option returns a new request. Immutable, so safe for use by any thread.
 */
public final class ManualRun {
  private final Scope scope;
  private final String actor;
  private final String onBehalfOf;
  private final String reason;
  private final boolean forced;

  private ManualRun(Scope scope, String actor, String onBehalfOf, String reason, boolean forced) {
    this.scope = scope;
    this.actor = actor;
    this.onBehalfOf = onBehalfOf;
    this.reason = reason;
    this.forced = forced;
  }

  /** Requests a run of this scope; its actor is {@code application}, its reason is empty. */
  public static ManualRun of(Scope scope) {
    return new ManualRun(requireNonNull(scope, "scope"), "application", "", "", false);
  }

  /** Names the person or system that asks; reports, events and alerts show it. */
  public ManualRun by(String who) {
    return new ManualRun(scope, requireNonNull(who, "who"), onBehalfOf, reason, forced);
  }

  /**
   * Names the person or system for whom the actor asks, as the actor says; empty by default.
   * Nothing proves it. Reports, events and alerts show it beside the actor.
   */
  public ManualRun onBehalfOf(String whom) {
    return new ManualRun(scope, actor, requireNonNull(whom, "whom"), reason, forced);
  }

  /** Gives the reason, such as a ticket; reports, events and alerts show it. */
  public ManualRun because(String why) {
    return new ManualRun(scope, actor, onBehalfOf, requireNonNull(why, "why"), forced);
  }

  /**
   * Applies also the steps that are in sync.
   *
   * @throws IllegalStateException if the scope names neither a task nor an agent; a selector alone
   *     is not enough
   */
  public ManualRun force() {
    if (scope.task().isEmpty() && scope.agent().isEmpty()) {
      throw new IllegalStateException(
          "force() would apply everything everywhere; name a task or an agent in the scope");
    }
    return new ManualRun(scope, actor, onBehalfOf, reason, true);
  }

  /** What it covers. */
  public Scope scope() {
    return scope;
  }

  /** The person or system that asks. */
  public String actor() {
    return actor;
  }

  /** The person or system for whom the actor asks; empty unless given. */
  public String onBehalfOf() {
    return onBehalfOf;
  }

  /** The reason; empty unless given. */
  public String reason() {
    return reason;
  }

  /** Whether it applies also the steps that are in sync. */
  public boolean isForced() {
    return forced;
  }
}
