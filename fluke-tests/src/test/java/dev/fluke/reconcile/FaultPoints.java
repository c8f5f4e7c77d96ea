package dev.fluke.reconcile;

import java.util.function.Consumer;

/** Opens the builder's named points of a cycle, which are not API, to tests of every folder. */
public final class FaultPoints {
  private FaultPoints() {}

  /** {@code builder}, which calls this at each named point of each cycle. */
  public static ReconcilerBuilder of(ReconcilerBuilder builder, Consumer<String> at) {
    return builder.faults(at);
  }
}
