package dev.fluke.bench;

import static dev.fluke.agent.Selector.everyAgent;

import dev.fluke.agent.Agent;
import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.executor.CommandCheck;
import dev.fluke.executor.Host;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.transport.Answer;
import dev.fluke.transport.HostConnection;
import dev.fluke.transport.Target;
import dev.fluke.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** How costs grow with the fleet and its tasks, over hosts in memory; all in milliseconds. */
final class GrowthBench {
  private static final int ROUNDS = 5;

  private GrowthBench() {}

  /** What adding all agents one by one takes, and removing them. */
  record Changes(double put, double remove) {}

  /** A check that is in sync once its command has run. */
  private record Pair(int number) implements CommandCheck {
    @Override
    public Command checkCommand() {
      return Command.of("check", Integer.toString(number));
    }

    @Override
    public void apply(Host host) {
      host.run(Command.of("apply", Integer.toString(number))).orThrow();
    }
  }

  /** A host in memory; healthy from the start, or what has not been applied has drifted. */
  private record MemoryHost(String address, boolean healthy, Set<String> applied)
      implements Transport, HostConnection {
    static Agent agent(int number) {
      String name = "host-" + number;
      return Agent.named(name, new MemoryHost(name, true, Set.of()));
    }

    @Override
    public HostConnection open(Target target) {
      return this;
    }

    @Override
    public List<Answer> ask(List<Command> commands) {
      List<Answer> answers = new ArrayList<>(commands.size());
      for (Command command : commands) {
        boolean good = healthy || applied.contains(command.argv().get(1));
        answers.add(Answer.finished(CommandResult.exited(good ? 0 : 1)));
      }
      return answers;
    }

    @Override
    public Answer act(Command command) {
      applied.add(command.argv().get(1));
      return Answer.finished(CommandResult.exited(0));
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }

  private static Reconciler reconciler(List<Agent> agents, List<Task> tasks) {
    return Reconciler.builder()
        .agents(agents)
        .manifest(Manifest.of(tasks))
        .loginsPerSecond(1_000_000)
        .connectionsAtMost(100_000)
        .build();
  }

  private static List<Agent> agents(int count) {
    List<Agent> agents = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      agents.add(MemoryHost.agent(i));
    }
    return agents;
  }

  private static List<Task> task(int steps) {
    Task.Builder task = Task.named("task").on(everyAgent());
    for (int i = 0; i < steps; i++) {
      task = task.step("s" + i, new Pair(i));
    }
    return List.of(task.build());
  }

  /** One cycle in which all is in sync. */
  static double cycle(int agents, int steps) {
    try (Reconciler reconciler = reconciler(agents(agents), task(steps))) {
      for (int i = 0; i < 3; i++) {
        reconciler.cycle();
      }
      return median(reconciler::cycle);
    }
  }

  static Changes changes(int count) {
    double[] put = new double[ROUNDS];
    double[] remove = new double[ROUNDS];
    List<Agent> agents = agents(count);
    for (int i = -2; i < ROUNDS; i++) { // the first two warm up
      try (Reconciler reconciler = reconciler(List.of(), task(1))) {
        reconciler.cycle();
        double took = time(() -> agents.forEach(reconciler::put));
        put[Math.max(i, 0)] = took;
        took = time(() -> agents.forEach(agent -> reconciler.remove(agent.name())));
        remove[Math.max(i, 0)] = took;
      }
    }
    return new Changes(CoreBench.median(put), CoreBench.median(remove));
  }

  /** One cycle in which each of so many tasks on one agent has drifted, and is applied. */
  static double drifted(int count) {
    Set<String> applied = ConcurrentHashMap.newKeySet();
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tasks.add(Task.named("task-" + i).on(everyAgent()).step("s", new Pair(i)).build());
    }
    Agent agent = Agent.named("host", new MemoryHost("host", false, applied));
    try (Reconciler reconciler = reconciler(List.of(agent), tasks)) {
      Runnable cycle =
          () -> {
            applied.clear();
            reconciler.cycle();
          };
      cycle.run();
      return median(cycle);
    }
  }

  static double status(int agents) {
    try (Reconciler reconciler = reconciler(agents(agents), task(1))) {
      reconciler.cycle();
      for (int i = 0; i < 20; i++) {
        reconciler.status();
      }
      return median(reconciler::status);
    }
  }

  private static double median(Runnable work) {
    double[] took = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      took[i] = time(work);
    }
    return CoreBench.median(took);
  }

  private static double time(Runnable work) {
    long before = System.nanoTime();
    work.run();
    return (System.nanoTime() - before) / 1e6;
  }
}
