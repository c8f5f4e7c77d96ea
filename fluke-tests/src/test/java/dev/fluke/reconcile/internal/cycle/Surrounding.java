package dev.fluke.reconcile.internal.cycle;

import dev.fluke.agent.Agent;
import dev.fluke.command.Mask;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.internal.config.LoopSettings;
import dev.fluke.reconcile.internal.config.LoopThread;
import dev.fluke.reconcile.internal.connection.Bench;
import dev.fluke.reconcile.internal.guards.GuardList;
import dev.fluke.reconcile.internal.memory.Declarations;
import dev.fluke.reconcile.internal.memory.LoopSecrets;
import dev.fluke.reconcile.internal.memory.TaskState;
import dev.fluke.report.CycleObserver.AppliedStep;
import dev.fluke.report.CycleObserver.CheckedStep;
import dev.fluke.report.EndedTask;
import dev.fluke.source.Revision;
import dev.fluke.time.Scheduler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The lane and the engine, as a cycle sees them. */
final class Surrounding implements CycleContext, Turn {
  final List<String> calls = new ArrayList<>();
  final Map<String, TaskState> states = new HashMap<>();
  final GuardList guards;
  Standing standing = Standing.GOOD;
  boolean othersWait;
  Revision revision;
  Runnable beforeApply = () -> {};
  private final LoopSecrets secrets;
  private final Bench bench;
  private final Declarations declarations;

  Surrounding(Bench bench, GuardList guards, Task... tasks) {
    this.bench = bench;
    this.secrets = LoopSecrets.of(LoopSettings.defaults(), List.of(), bench.time, new LoopThread());
    this.declarations = new Declarations(bench.time, new LoopThread(), new Mask());
    this.guards = guards;
    this.revision = Revision.of("code-1", Manifest.of(tasks));
  }

  Surrounding(Bench bench, Task... tasks) {
    this(bench, new GuardList(List.of()), tasks);
  }

  RightToAct right() {
    return new RightToAct(this, this);
  }

  @Override
  public Scheduler scheduler() {
    return bench.time;
  }

  @Override
  public LoopSettings settings() {
    return LoopSettings.defaults();
  }

  @Override
  public Declarations declarations() {
    return declarations;
  }

  @Override
  public Revision revision() {
    return revision;
  }

  @Override
  public boolean isNew(String task) {
    return true;
  }

  @Override
  public LoopSecrets secrets() {
    return secrets;
  }

  @Override
  public GuardList guards() {
    return guards;
  }

  @Override
  public void reach(String point) {}

  @Override
  public Agent agent() {
    return bench.agent;
  }

  @Override
  public Standing standing() {
    return standing;
  }

  @Override
  public TaskState state(String task, boolean taskIsNew) {
    return states.computeIfAbsent(task, name -> new TaskState(taskIsNew));
  }

  @Override
  public void checked() {
    calls.add("checked");
  }

  @Override
  public boolean wantsToYield() {
    return othersWait;
  }

  @Override
  public void stepChecked(CheckedStep step) {}

  @Override
  public void applyFailed(AppliedStep step, String stdout, String stderr) {}

  @Override
  public void stepApplied(AppliedStep step) {}

  @Override
  public void taskEnded(EndedTask task, TaskState state) {
    calls.add("ended " + task.report().task());
  }

  @Override
  public void applying(EndedTask found, TaskState state) {
    calls.add("applying " + found.report().task());
    beforeApply.run();
  }
}
