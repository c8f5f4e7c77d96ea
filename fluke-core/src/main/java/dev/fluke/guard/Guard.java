package dev.fluke.guard;

/**
 * One reason not to apply a drifted task by itself, such as a time of day. Add it with {@code
 * ReconcilerBuilder.guard(..)}; Fluke's own guards are the drift policy and the back-off.
 *
 * <pre>{@code
 * Guard nights = input -> input.now().atZone(ZONE).getHour() < 6
 *     ? Decision.apply()
 *     : Decision.leaveAlone("nights", "applies only before 06:00");
 * }</pre>
 *
 * <p>A task is applied if all guards say {@link Decision#apply}. Otherwise it is left alone, by the
 * first guard that says so. Guards are asked when a drifted task is decided and for plans. A manual
 * run bypasses them and notes which, unless {@link #bindsManualRuns} says otherwise. A forced run
 * of a task in sync asks nothing.
 *
 * <p>Called on the threads of the lanes, for several agents at once, under the check limit. A guard
 * that throws, returns null or takes longer leaves the task alone and is named as the reason.
 */
@FunctionalInterface
public interface Guard {
  /**
   * Decides from its input alone: equal inputs get equal decisions. It must be fast, and must not
   * call the reconciler.
   */
  Decision decide(GuardInput input);

  /** Whether it also keeps manual runs from applying. Default: no. */
  default boolean bindsManualRuns() {
    return false;
  }
}
