package dev.fluke.reconcile.internal.lane;

import dev.fluke.agent.Agent;
import dev.fluke.command.Mask;
import dev.fluke.manifest.Manifest;
import dev.fluke.reconcile.internal.config.LoopSettings;
import dev.fluke.reconcile.internal.config.LoopThread;
import dev.fluke.reconcile.internal.connection.ConnectionPool;
import dev.fluke.reconcile.internal.cycle.AgentCycle;
import dev.fluke.reconcile.internal.cycle.CycleContext;
import dev.fluke.reconcile.internal.cycle.CycleRequest;
import dev.fluke.reconcile.internal.guards.GuardList;
import dev.fluke.reconcile.internal.memory.Declarations;
import dev.fluke.reconcile.internal.memory.LoopSecrets;
import dev.fluke.reconcile.internal.memory.TaskState;
import dev.fluke.reconcile.internal.memory.TaskStates;
import dev.fluke.report.ApplyOutput;
import dev.fluke.report.CycleObserver.AppliedStep;
import dev.fluke.report.CycleObserver.CheckedStep;
import dev.fluke.report.EndedTask;
import dev.fluke.report.Outcome;
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import dev.fluke.source.Revision;
import dev.fluke.time.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Agents and requests for tests of what belongs to lanes. */
public final class LaneFixture {
  private LaneFixture() {}

  public static ManagedAgent managed(Agent agent, Scheduler scheduler) {
    LoopSettings.Connections connections = LoopSettings.defaults().atOnce().connections();
    return new ManagedAgent(
        agent, scheduler, new ConnectionPool(scheduler, connections), new TaskStates(false));
  }

  public static CycleRequest request(CycleRequest.Kind kind) {
    return request(kind, Scope.all());
  }

  public static CycleRequest request(CycleRequest.Kind kind, Scope scope) {
    boolean automatic = kind == CycleRequest.Kind.AUTOMATIC;
    return new CycleRequest(
        1, kind, scope, automatic ? Optional.empty() : Optional.of(ManualRun.of(scope)), "r-1");
  }

  /** A lane that reports to nobody. */
  public static Lane lane(Scheduler scheduler, String address) {
    return new Lane(
        context(scheduler, () -> LaneContext.Phase.OPEN, new Ends()), address, lane -> {});
  }

  static LaneContext context(Scheduler scheduler, Supplier<LaneContext.Phase> phase, Ends ends) {
    return new LaneContext(new Cycles(scheduler), new LoopThread(), phase, ends);
  }

  /** Keeps how jobs ended that never got their cycle. */
  static final class Ends implements LaneContext.Listener {
    final List<String> unwalked = new ArrayList<>();

    @Override
    public void applying(AgentJob job, EndedTask found, TaskState state) {}

    @Override
    public void checked(CheckedStep step) {}

    @Override
    public void applied(AppliedStep step) {}

    @Override
    public void applyFailed(ApplyOutput output) {}

    @Override
    public void taskEnded(AgentJob job, EndedTask task, TaskState state) {}

    @Override
    public void ended(AgentJob job, AgentCycle cycle, List<AgentCycle.Result> results) {}

    @Override
    public void endedUnwalked(AgentJob job, Outcome outcome, String why) {
      unwalked.add("%s %s: %s".formatted(job.agent().name(), outcome, why));
    }

    @Override
    public void stuck(ManagedAgent agent, String call) {}

    @Override
    public void freed(ManagedAgent agent) {}
  }

  private record Cycles(Scheduler scheduler) implements CycleContext {
    @Override
    public Declarations declarations() {
      return new Declarations(scheduler, new LoopThread(), new Mask());
    }

    @Override
    public LoopSettings settings() {
      return LoopSettings.defaults();
    }

    @Override
    public Revision revision() {
      return Revision.of("c1", Manifest.empty());
    }

    @Override
    public boolean isNew(String task) {
      return false;
    }

    @Override
    public LoopSecrets secrets() {
      return LoopSecrets.of(LoopSettings.defaults(), List.of(), scheduler, new LoopThread());
    }

    @Override
    public GuardList guards() {
      return new GuardList(List.of());
    }

    @Override
    public void reach(String point) {}
  }
}
