package dev.fluke.onhost;

import static dev.fluke.agent.Selector.everyAgent;

import dev.fluke.agent.Agent;
import dev.fluke.executor.Executor;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Step;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.report.Plan.PlannedStep;
import dev.fluke.report.StepReport;
import dev.fluke.report.TaskReport;
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import dev.fluke.transport.Local;
import dev.fluke.transport.Transport;
import java.time.Duration;

/** One executor on one host, walked by a reconciler of its own. Each option gives a new value. */
public record OneStep(Step step, Agent agent) {
  private static final String TASK = "task";

  /** On this machine. */
  public static OneStep of(Executor executor) {
    return of(executor, Local.machine());
  }

  /** On the host behind this transport. */
  public static OneStep of(Executor executor, Transport transport) {
    return new OneStep(Step.named("step", executor), Agent.named("host", transport));
  }

  /** Finds programs in this directory first. */
  public OneStep path(String directory) {
    return new OneStep(step, agent.path(directory));
  }

  /** Gives the apply this long. */
  public OneStep timeout(Duration limit) {
    return new OneStep(step.timeout(limit), agent);
  }

  /** Gives the check this long. */
  public OneStep checkTimeout(Duration limit) {
    return new OneStep(step.checkTimeout(limit), agent);
  }

  /** What the check says. */
  public PlannedStep check() {
    try (Reconciler reconciler = reconciler()) {
      return reconciler.plan(Scope.all()).task(TASK, "host").steps().get(0);
    }
  }

  /** How the step ends in one cycle. */
  public StepReport cycle() {
    try (Reconciler reconciler = reconciler()) {
      return only(reconciler.cycle().task(TASK).on("host"));
    }
  }

  /** How it ends if it is applied whatever the check says. */
  public StepReport forced() {
    try (Reconciler reconciler = reconciler()) {
      ManualRun run = ManualRun.of(Scope.task(TASK)).force();
      return only(reconciler.reconcile(run).task(TASK).on("host"));
    }
  }

  private static StepReport only(TaskReport report) {
    return report.steps().get(0);
  }

  private Reconciler reconciler() {
    Task task = Task.named(TASK).on(everyAgent()).step(step).build();
    return Reconciler.builder().agent(agent).manifest(Manifest.of(task)).build();
  }
}
