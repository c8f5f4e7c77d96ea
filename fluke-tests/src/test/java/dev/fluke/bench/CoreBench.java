package dev.fluke.bench;

import static dev.fluke.agent.Selector.everyAgent;

import dev.fluke.agent.Agent;
import dev.fluke.command.Command;
import dev.fluke.executor.CommandCheck;
import dev.fluke.executor.Host;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.source.git.SourceBench;
import dev.fluke.testkit.FakeHost;
import dev.fluke.time.Scheduler;
import dev.fluke.transport.HostConnection;
import dev.fluke.transport.Local;
import dev.fluke.transport.Target;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the loop, the local transport and sources cost; prints TSV of name, value, unit, target,
 * pass.
 */
public final class CoreBench {
  private static final int AGENTS = 1_000;
  private static final int STEPS = 20;
  private boolean missed;

  private CoreBench() {}

  /** Runs all; exits with 1 if a target was missed. */
  public static void main(String[] args) throws Exception {
    CoreBench bench = new CoreBench();
    bench.cycles();
    bench.growth();
    bench.local();
    bench.sources();
    System.exit(bench.missed ? 1 : 0);
  }

  private record Ready(String check) implements CommandCheck {
    @Override
    public Command checkCommand() {
      return Command.shell(check);
    }

    @Override
    public void apply(Host host) {}
  }

  private void cycles() {
    List<Agent> agents = new ArrayList<>();
    for (int i = 0; i < AGENTS; i++) {
      FakeHost host = FakeHost.named("host-" + i);
      for (int j = 0; j < STEPS; j++) {
        host.answer("check " + j, 0);
      }
      agents.add(Agent.named("host-" + i, host));
    }
    Task.Builder task = Task.named("twenty").on(everyAgent());
    for (int j = 0; j < STEPS; j++) {
      task = task.step("s" + j, new Ready("check " + j));
    }
    try (Reconciler reconciler =
        Reconciler.builder().agents(agents).manifest(Manifest.of(task.build())).build()) {
      for (int i = 0; i < 30; i++) {
        reconciler.cycle();
      }
      double[] wall = new double[15];
      double[] cpu = new double[15];
      for (int i = 0; i < wall.length; i++) {
        long cpuBefore = processCpu();
        long before = System.nanoTime();
        reconciler.cycle();
        wall[i] = (System.nanoTime() - before) / 1e6;
        cpu[i] = (processCpu() - cpuBefore) / 1e3 / (AGENTS * STEPS);
      }
      report("engine-noop-check", median(cpu), "us-cpu", 5, false);
      report("cycle-1000x20", median(wall), "ms", 1_000, false);
    }
  }

  /** What ten times or four times as much costs: in proportion, and a little more. */
  private void growth() {
    report("cycle-10000x5", GrowthBench.cycle(10_000, 5), "ms", 5_000, false);
    double cycle = GrowthBench.cycle(10_000, 1);
    report("cycle-10000x1", cycle, "ms", 2_000, false);
    report("cycle-40000x1", GrowthBench.cycle(40_000, 1), "ms", 4.5 * cycle, false);
    GrowthBench.Changes few = GrowthBench.changes(1_000);
    GrowthBench.Changes many = GrowthBench.changes(10_000);
    report("put-1000", few.put(), "ms", 1_000, false);
    report("put-10000", many.put(), "ms", 12 * few.put(), false);
    report("remove-1000", few.remove(), "ms", 1_000, false);
    report("remove-10000", many.remove(), "ms", 12 * few.remove(), false);
    double drifted = GrowthBench.drifted(4_000);
    report("drifted-4000", drifted, "ms", 10_000, false);
    report("drifted-16000", GrowthBench.drifted(16_000), "ms", 4.5 * drifted, false);
    report("status-10000", GrowthBench.status(10_000), "ms", 200, false);
  }

  private static long processCpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private void local() throws Exception {
    List<Command> batch = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      batch.add(Command.of("test", "-f", "/etc/passwd").timeout(Duration.ofSeconds(60)));
    }
    double[] ratios = new double[5];
    double[] rates = new double[5];
    try (Scheduler scheduler = Scheduler.system();
        HostConnection here = Local.machine().open(Target.of("here", scheduler))) {
      here.ask(batch);
      for (int round = 0; round < ratios.length; round++) {
        long start = System.nanoTime();
        for (int i = 0; i < 5; i++) {
          here.ask(batch);
        }
        double fluke = 5 * batch.size() / seconds(start);
        start = System.nanoTime();
        for (int i = 0; i < 500; i++) {
          new ProcessBuilder("test", "-f", "/etc/passwd").start().waitFor();
        }
        rates[round] = fluke;
        ratios[round] = fluke / (500 / seconds(start));
      }
    }
    report("local-checks", median(rates), "1/s", 0, true);
    report("local-vs-processbuilder", median(ratios), "ratio", 1.8, true);
  }

  private void sources() throws Exception {
    report("memory-10000-tasks", SourceBench.memoryOfTenThousandTasks(), "MiB", 64, false);
    report("parse-1000-tasks", SourceBench.parseThousandTasks(), "ms", 500, false);
    report("git-noop-poll", SourceBench.noopPoll(), "ms", 100, false);
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private void report(String name, double value, String unit, double target, boolean atLeast) {
    boolean pass = atLeast ? value >= target : value <= target;
    missed |= !pass;
    System.out.printf(
        "%s\t%.2f\t%s\t%s%s\t%s%n", name, value, unit, atLeast ? ">=" : "<=", target, pass);
  }
}
