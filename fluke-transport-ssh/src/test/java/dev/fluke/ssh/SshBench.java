package dev.fluke.ssh;

import static dev.fluke.agent.Selector.everyAgent;

import dev.fluke.agent.Agent;
import dev.fluke.command.Command;
import dev.fluke.executor.CommandCheck;
import dev.fluke.executor.Host;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.time.Scheduler;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks per second over SSH beside what people would use instead, in one run, interleaved; prints
 * TSV of name, value, unit, target, pass.
 */
public final class SshBench {
  private static final int SERVERS = 20;
  private static final int CHECKS = 20;
  private static final Duration ONE_WAY = Duration.ofMillis(10);

  private final double seconds;
  private final int rounds;
  private final Map<String, List<Double>> rates = new LinkedHashMap<>();
  private boolean missed;

  private SshBench(double seconds, int rounds) {
    this.seconds = seconds;
    this.rounds = rounds;
  }

  /**
   * Runs all; exits with 1 if a target was missed.
   *
   * @param args seconds for each row (10), and rounds (5)
   */
  public static void main(String[] args) throws Exception {
    SshBench bench =
        new SshBench(
            args.length > 0 ? Double.parseDouble(args[0]) : 10,
            args.length > 1 ? Integer.parseInt(args[1]) : 5);
    Path dir = Files.createTempDirectory("fluke-bench");
    try {
      bench.sideBySide(dir);
      bench.fleet(dir);
    } finally {
      SshServer.run(List.of("rm", "-rf", dir.toString()));
    }
    System.exit(bench.missed ? 1 : 0);
  }

  /** Checks as executors make them, in /bin/sh; as a shell step does, in bash; as another user. */
  private enum Kind {
    SH,
    BASH,
    OTHER_USER;

    Command check() {
      Command check = Command.shell(BenchPeers.CHECK);
      return switch (this) {
        case SH -> check;
        case BASH -> check.inDefaultShell();
        case OTHER_USER -> check.runAs("nobody");
      };
    }
  }

  private record Ready(int number, Kind kind) implements CommandCheck {
    @Override
    public Command checkCommand() {
      return kind.check();
    }

    @Override
    public void apply(Host host) {}
  }

  /** Something that makes checks, and says how many. */
  private interface Work {
    int run() throws Exception;
  }

  private static Reconciler over(List<Ssh> ways) {
    return over(ways, Kind.SH);
  }

  private static Reconciler over(List<Ssh> ways, Kind kind) {
    Task.Builder task = Task.named("checks").on(everyAgent());
    for (int i = 0; i < CHECKS; i++) {
      task = task.step("c" + i, new Ready(i, kind));
    }
    List<Agent> agents = new ArrayList<>();
    for (Ssh way : ways) {
      agents.add(Agent.named("h" + agents.size(), way));
    }
    return Reconciler.builder().agents(agents).manifest(Manifest.of(task.build())).build();
  }

  private void sideBySide(Path dir) throws Exception {
    try (BenchFleet fleet = BenchFleet.of(SERVERS, dir)) {
      List<Ssh> far = fleet.far(ONE_WAY);
      List<Ssh> proxied = fleet.far(Duration.ZERO);
      try (BenchPeers near = new BenchPeers(fleet.config("near", fleet.near()), SERVERS);
          BenchPeers away = new BenchPeers(fleet.config("far", far), SERVERS);
          Reconciler here = over(fleet.near());
          Reconciler inBash = over(fleet.near(), Kind.BASH);
          Reconciler asOther = over(fleet.near(), Kind.OTHER_USER);
          Reconciler there = over(far);
          Reconciler through = over(proxied)) {
        Map<String, Work> rows = new LinkedHashMap<>();
        rows.put("floor@0ms", () -> BenchPeers.floor("sh"));
        rows.put("fluke@0ms", () -> cycle(here));
        rows.put("floor-bash@0ms", () -> BenchPeers.floor("bash"));
        rows.put("fluke-bash@0ms", () -> cycle(inBash));
        rows.put("fluke-user@0ms", () -> cycle(asOther));
        rows.put("mux1@0ms", near::mux1);
        rows.put("mux8@0ms", near::mux8);
        rows.put("ansible-raw@0ms", near::ansibleRaw);
        rows.put("ansible-command@0ms", near::ansibleCommand);
        rows.put("fluke-proxied@0ms", () -> cycle(through));
        rows.put("fluke@20ms", () -> cycle(there));
        rows.put("mux1@20ms", away::mux1);
        rows.put("mux8@20ms", away::mux8);
        rows.put("ansible-raw@20ms", away::ansibleRaw);
        rows.put("ansible-command@20ms", away::ansibleCommand);
        for (Reconciler warm : List.of(here, inBash, asOther, there, through)) {
          cycle(warm);
        }
        for (int i = 0; i < rounds; i++) {
          for (Map.Entry<String, Work> row : rows.entrySet()) {
            rates
                .computeIfAbsent(row.getKey(), name -> new ArrayList<>())
                .add(rate(row.getValue()));
          }
        }
      }
    }
    rates.keySet().forEach(name -> row(name, median(name), "1/s"));
    target("fluke/floor@0ms", ratio("fluke@0ms", "floor@0ms"), 0.7);
    target("fluke-bash/floor-bash@0ms", ratio("fluke-bash@0ms", "floor-bash@0ms"), 1);
    target("fluke-user/floor@0ms", ratio("fluke-user@0ms", "floor@0ms"), 0.7);
    target("fluke/mux8@0ms", ratio("fluke@0ms", "mux8@0ms"), 8);
    target("fluke/ansible-raw@0ms", ratio("fluke@0ms", "ansible-raw@0ms"), 25);
    target("fluke@20ms/fluke@0ms", ratio("fluke@20ms", "fluke@0ms"), 0.7);
    row("proxy-cost", ratio("fluke-proxied@0ms", "fluke@0ms"), "ratio");
  }

  private static int cycle(Reconciler reconciler) {
    int tasks = reconciler.cycle().tasks().size();
    if (!reconciler.cycle().succeeded()) {
      throw new IllegalStateException("a check was not answered: " + reconciler.cycle());
    }
    return 2 * tasks * CHECKS;
  }

  private double rate(Work work) throws Exception {
    long start = System.nanoTime();
    long done = 0;
    while (System.nanoTime() - start < seconds * 1e9) {
      done += work.run();
    }
    return done / ((System.nanoTime() - start) / 1e9);
  }

  /** A fleet on which nothing drifted: what a cycle costs here, and what a connection does. */
  private void fleet(Path dir) throws Exception {
    try (BenchFleet fleet = BenchFleet.of(200, dir)) {
      long heapBefore = heap();
      int threadsBefore = Thread.activeCount();
      try (Reconciler reconciler = over(fleet.near())) {
        reconciler.cycle();
        idle();
        limit("heap-per-session", (heap() - heapBefore) / 1024.0 / fleet.size(), "KiB", 60);
        double threads = Thread.activeCount() - threadsBefore;
        limit("threads-per-session", threads / fleet.size(), "threads", 1.1);
        long cpu = cpu();
        long start = System.nanoTime();
        int cycles = 5;
        for (int i = 0; i < cycles; i++) {
          reconciler.cycle();
        }
        row("cycle-200x20", (System.nanoTime() - start) / 1e9 / cycles, "s");
        row("cycle-200x20-cpu", (cpu() - cpu) / 1e9 / cycles, "s-cpu");
      }
    }
    try (BenchFleet fleet = BenchFleet.of(1, dir);
        Reconciler reconciler = over(fleet.far(Duration.ZERO))) {
      reconciler.cycle();
      long bytes = fleet.bytes();
      reconciler.cycle();
      row("bytes-per-check", (fleet.bytes() - bytes) / (double) CHECKS, "B");
    }
  }

  /** Threads that connected have nothing to do; those that are idle for 10 s go. */
  private static void idle() throws InterruptedException {
    try (Scheduler scheduler = Scheduler.system()) {
      scheduler.sleep(Duration.ofSeconds(12));
    }
  }

  private static long heap() {
    for (int i = 0; i < 5; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static long cpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private double median(String name) {
    List<Double> sorted = rates.get(name).stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  /** The median of the ratios of each round, since the machine may be busy in some. */
  private double ratio(String one, String other) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      ratios.add(rates.get(one).get(i) / rates.get(other).get(i));
    }
    return ratios.stream().sorted().toList().get(rounds / 2);
  }

  private static void row(String name, double value, String unit) {
    System.out.printf("%s\t%.2f\t%s\t\t%n", name, value, unit);
  }

  private void limit(String name, double value, String unit, double atMost) {
    boolean pass = value <= atMost;
    missed |= !pass;
    System.out.printf("%s\t%.2f\t%s\t<=%s\t%s%n", name, value, unit, atMost, pass);
  }

  private void target(String name, double value, double atLeast) {
    boolean pass = value >= atLeast;
    missed |= !pass;
    System.out.printf("%s\t%.2f\tratio\t>=%s\t%s%n", name, value, atLeast, pass);
  }
}
