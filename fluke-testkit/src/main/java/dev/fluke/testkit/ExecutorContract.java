package dev.fluke.testkit;

import static java.util.Objects.requireNonNull;

import dev.fluke.agent.Agent;
import dev.fluke.agent.Selector;
import dev.fluke.executor.Executor;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.ManualRun;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.reconcile.Scope;
import dev.fluke.report.Outcome;
import dev.fluke.report.TaskReport;
import dev.fluke.transport.Transport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What every executor owes: its check changes nothing and says the same twice; its apply makes the
 * check pass; applying twice is applying once. Run against a real host or a {@link FakeHost}.
 *
 * <p>Each option returns a new value; immutable.
 */
public final class ExecutorContract {
  private final Executor executor;
  private final Transport transport;
  private final Runnable breaking;
  private final @Nullable Supplier<String> state;

  private ExecutorContract(
      Executor executor, Transport transport, Runnable breaking, @Nullable Supplier<String> state) {
    this.executor = executor;
    this.transport = transport;
    this.breaking = breaking;
    this.state = state;
  }

  /** The contract of this executor, on the host behind this transport. */
  public static ExecutorContract of(Executor executor, Transport transport) {
    return new ExecutorContract(
        requireNonNull(executor, "executor"),
        requireNonNull(transport, "transport"),
        () -> {},
        null);
  }

  /** Makes the host not as declared, to begin with; nothing needs to be done unless set. */
  public ExecutorContract brokenBy(Runnable action) {
    return new ExecutorContract(executor, transport, requireNonNull(action, "action"), state);
  }

  /** What of the host's state must not differ, as text that a failure shows. */
  public ExecutorContract state(Supplier<String> probe) {
    return new ExecutorContract(executor, transport, breaking, requireNonNull(probe, "probe"));
  }

  /**
   * Holds the executor to it.
   *
   * @throws AssertionError naming what it broke, with the host's state before and after
   */
  public void verify() {
    Task task =
        Task.named("contract")
            .on(Selector.everyAgent())
            .onDrift(DriftPolicy.ALERT_ONLY)
            .step("step", executor)
            .build();
    try (Reconciler reconciler =
        Reconciler.builder()
            .agent(Agent.named("host", transport))
            .manifest(Manifest.of(task))
            .build()) {
      breaking.run();
      String broken = probe();
      require(only(reconciler), Outcome.DRIFTED, "the check finds what is broken");
      require(only(reconciler), Outcome.DRIFTED, "the check says the same twice");
      requireSame(broken, probe(), "the check changes nothing");
      require(apply(reconciler), Outcome.REMEDIATED, "the apply makes the check pass");
      String mended = probe();
      require(only(reconciler), Outcome.IN_SYNC, "the check goes on passing");
      requireSame(mended, probe(), "the check changes nothing");
      require(apply(reconciler), Outcome.REMEDIATED, "the apply works a second time");
      requireSame(mended, probe(), "applying twice is applying once");
    }
    if (transport instanceof FakeHost host && !host.writesDuringChecks().isEmpty()) {
      throw new AssertionError("the check writes: " + host.writesDuringChecks());
    }
  }

  private static TaskReport only(Reconciler reconciler) {
    return reconciler.cycle().task("contract").on("host");
  }

  private static TaskReport apply(Reconciler reconciler) {
    return reconciler
        .reconcile(ManualRun.of(Scope.task("contract")).force())
        .task("contract")
        .on("host");
  }

  private String probe() {
    return state == null ? "" : state.get();
  }

  private void require(TaskReport found, Outcome expected, String promise) {
    if (found.outcome() != expected) {
      throw new AssertionError(
          executor + " breaks its contract: " + promise + "; but " + found + " " + found.steps());
    }
  }

  private void requireSame(String before, String after, String promise) {
    if (!before.equals(after)) {
      throw new AssertionError(
          executor
              + " breaks its contract: "
              + promise
              + "; but the host was\n"
              + before
              + "\nand is\n"
              + after);
    }
  }
}
