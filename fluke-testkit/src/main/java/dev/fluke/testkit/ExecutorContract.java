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
 * Verifies that an executor keeps its contract: the check changes nothing and gives the same answer
 * twice, the apply makes the check pass, and a second apply changes nothing.
 *
 * <pre>{@code
 * ExecutorContract.of(new Line(hosts.toString(), "192.0.2.7 www"), Local.machine())
 *     .files(dir)
 *     .verify();
 * }</pre>
 *
 * <p>On a {@link FakeHost} it runs in virtual time, on any other host in real time. Each option
 * returns a new value. Immutable.
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

  /** The contract of an executor that needs no host, such as one that calls an API. */
  public static ExecutorContract of(Executor executor) {
    return new ExecutorContract(
        requireNonNull(executor, "executor"), null, () -> {}, null, List.of());
  }

  /**
   * Sets an action that makes the host drift before the first check. By default the host must have
   * drifted already.
   */
  public ExecutorContract brokenBy(Runnable action) {
    return new ExecutorContract(
        executor, transport, requireNonNull(action, "action"), state, files);
  }

  /**
   * Sets what to compare before and after: the state of the host, as text that a failure shows.
   * Checks and the second apply must not change it.
   */
  public ExecutorContract state(Supplier<String> probe) {
    return new ExecutorContract(
        executor, transport, breaking, requireNonNull(probe, "probe"), files);
  }

  /**
   * Sets directories to compare before and after: names, kinds, modes, owners and contents of all
   * files. Checks must not change modification times either, nor anything in a {@code .git}. For
   * hosts whose files this machine can read, such as itself.
   */
  public ExecutorContract files(Path... directories) {
    return new ExecutorContract(executor, transport, breaking, state, List.of(directories));
  }

  /**
   * Runs the executor, and compares.
   *
   * @throws AssertionError if it breaks the contract; the message names the broken promise, and
   *     shows the state of the host before and after
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
      String broken = stateWithTimes();
      TaskReport first = only(reconciler);
      require(first, Outcome.DRIFTED, "the check finds the drift");
      TaskReport second = only(reconciler);
      require(second, Outcome.DRIFTED, "the check gives the same answer twice");
      requireSame(
          differences(first),
          differences(second),
          "the check gives the same answer twice",
          "it answered");
      requireSame(broken, stateWithTimes(), "the check changes nothing", HOST);
      require(apply(reconciler), Outcome.REMEDIATED, "the apply makes the check pass");
      String applied = stateWithoutTimes();
      String untouched = stateWithTimes();
      require(only(reconciler), Outcome.IN_SYNC, "the check still passes");
      requireSame(untouched, stateWithTimes(), "the check changes nothing", HOST);
      require(apply(reconciler), Outcome.REMEDIATED, "the apply works a second time");
      requireSame(applied, stateWithoutTimes(), "a second apply changes nothing", HOST);
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

  private static String differences(TaskReport report) {
    return report.steps().stream().map(step -> step.differences().toString()).collect(joining());
  }

  private String stateWithoutTimes() {
    return state() + FileTree.withoutTimes(files);
  }

  private String stateWithTimes() {
    return state() + FileTree.withTimes(files);
  }

  private String state() {
    return state == null ? "" : state.get();
  }

  private void require(TaskReport found, Outcome expected, String promise) {
    if (found.outcome() != expected) {
      throw new AssertionError(
          "%s breaks its contract: %s; but %s %s"
              .formatted(executor, promise, found, found.steps()));
    }
  }

  private void requireSame(String before, String after, String promise, String what) {
    if (!before.equals(after)) {
      throw new AssertionError(
          "%s breaks its contract: %s; but %s\n%s\nand then\n%s"
              .formatted(executor, promise, what, before, after));
    }
  }
}
