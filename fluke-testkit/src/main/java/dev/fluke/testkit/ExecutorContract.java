package dev.fluke.testkit;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import dev.fluke.agent.Agent;
import dev.fluke.agent.Selector;
import dev.fluke.executor.Executor;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.reconcile.ReconcilerBuilder;
import dev.fluke.report.Outcome;
import dev.fluke.report.TaskReport;
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import dev.fluke.transport.Transport;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What every executor owes: its check changes nothing and says the same twice; its apply makes the
 * check pass; applying twice is applying once. Run against a real host, or in virtual time against
 * a {@link FakeHost}.
 *
 * <p>Each option returns a new value; immutable.
 */
public final class ExecutorContract {
  private static final String HOST = "the host was";

  private final Executor executor;
  private final @Nullable Transport transport;
  private final Runnable breaking;
  private final @Nullable Supplier<String> state;
  private final List<Path> files;

  private ExecutorContract(
      Executor executor,
      @Nullable Transport transport,
      Runnable breaking,
      @Nullable Supplier<String> state,
      List<Path> files) {
    this.executor = executor;
    this.transport = transport;
    this.breaking = breaking;
    this.state = state;
    this.files = files;
  }

  /** The contract of this executor, on the host behind this transport. */
  public static ExecutorContract of(Executor executor, Transport transport) {
    return new ExecutorContract(
        requireNonNull(executor, "executor"),
        requireNonNull(transport, "transport"),
        () -> {},
        null,
        List.of());
  }

  /** The contract of an executor that needs no host, such as one that talks to an API. */
  public static ExecutorContract of(Executor executor) {
    return new ExecutorContract(
        requireNonNull(executor, "executor"), null, () -> {}, null, List.of());
  }

  /** Makes the host not as declared, to begin with; nothing needs to be done unless set. */
  public ExecutorContract brokenBy(Runnable action) {
    return new ExecutorContract(
        executor, transport, requireNonNull(action, "action"), state, files);
  }

  /** What of the host's state must not differ, as text that a failure shows. */
  public ExecutorContract state(Supplier<String> probe) {
    return new ExecutorContract(
        executor, transport, breaking, requireNonNull(probe, "probe"), files);
  }

  /**
   * Directories whose files must not differ: names, kinds, modes, owners and contents; by a check
   * not even the times of their last change, and what is in a {@code .git} neither. For a host
   * whose files this machine can see, such as itself.
   */
  public ExecutorContract files(Path... directories) {
    return new ExecutorContract(executor, transport, breaking, state, List.of(directories));
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
    ReconcilerBuilder builder =
        Reconciler.builder()
            .agent(transport == null ? Agent.named("host") : Agent.named("host", transport))
            .manifest(Manifest.of(task))
            .alerts(alert -> {});
    if (transport instanceof FakeHost) {
      builder = builder.scheduler(VirtualTime.seeded(1));
    }
    try (Reconciler reconciler = builder.build()) {
      breaking.run();
      String broken = closely();
      TaskReport first = only(reconciler);
      require(first, Outcome.DRIFTED, "the check finds what is broken");
      TaskReport second = only(reconciler);
      require(second, Outcome.DRIFTED, "the check says the same twice");
      requireSame(said(first), said(second), "the check says the same twice", "it said");
      requireSame(broken, closely(), "the check changes nothing", HOST);
      require(apply(reconciler), Outcome.REMEDIATED, "the apply makes the check pass");
      String mended = probe();
      String untouched = closely();
      require(only(reconciler), Outcome.IN_SYNC, "the check goes on passing");
      requireSame(untouched, closely(), "the check changes nothing", HOST);
      require(apply(reconciler), Outcome.REMEDIATED, "the apply works a second time");
      requireSame(mended, probe(), "applying twice is applying once", HOST);
      require(only(reconciler), Outcome.IN_SYNC, "the check passes after the second apply too");
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

  private static String said(TaskReport report) {
    return report.steps().stream().map(step -> step.differences().toString()).collect(joining());
  }

  private String probe() {
    return state() + FileTree.withoutTimes(files);
  }

  private String closely() {
    return state() + FileTree.withTimes(files);
  }

  private String state() {
    return state == null ? "" : state.get();
  }

  private void require(TaskReport found, Outcome expected, String promise) {
    if (found.outcome() != expected) {
      throw new AssertionError(
          executor + " breaks its contract: " + promise + "; but " + found + " " + found.steps());
    }
  }

  private void requireSame(String before, String after, String promise, String what) {
    if (!before.equals(after)) {
      throw new AssertionError(
          executor
              + " breaks its contract: "
              + promise
              + "; but "
              + what
              + "\n"
              + before
              + "\nand then\n"
              + after);
    }
  }
}
