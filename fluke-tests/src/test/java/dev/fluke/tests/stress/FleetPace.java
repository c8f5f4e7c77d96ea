package dev.fluke.tests.stress;

import dev.fluke.command.CommandResult;
import dev.fluke.report.CycleObserver;
import dev.fluke.report.CycleReport;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Pair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * How long the cycles of a large fleet take, and how late its agents are checked, on virtual time.
 * {@code scripts/prove fleet-pace} runs it.
 */
public final class FleetPace {
  private static final Duration INTERVAL = Duration.ofSeconds(60);
  private static final double LONGEST = 60;
  private static final double LATEST = 10;

  /** Of so many checks, one finds something to apply. */
  private static final int DRIFTED = 200;

  private static final Pair STEP = Pair.of("a");

  private final FlukeKit kit;
  private final SplittableRandom random;
  private final List<Double> late = new ArrayList<>();
  private final List<Double> cycles = Collections.synchronizedList(new ArrayList<>());
  private int connected;
  private boolean measuring;

  private FleetPace(long seed) {
    this.kit = FlukeKit.create(seed);
    this.random = new SplittableRandom(seed);
  }

  /**
   * Prints TSV of name, value, unit, target, pass; exits with 1 if a target is missed.
   *
   * @param args agents (10,000), minutes (30), seed
   */
  public static void main(String[] args) {
    int agents = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
    int minutes = args.length > 1 ? Integer.parseInt(args[1]) : 30;
    long seed = args.length > 2 ? Long.parseLong(args[2]) : 1;
    boolean passed = new FleetPace(seed).run(agents, Duration.ofMinutes(minutes));
    System.out.printf("seed\t%d\t\t\t%n", seed);
    System.exit(passed ? 0 : 1);
  }

  /** Measures from the time when all agents are connected: logins have a pace of their own. */
  private boolean run(int agents, Duration time) {
    try (kit) {
      kit.configure(
          builder ->
              builder
                  .pollInterval(INTERVAL)
                  .observer(
                      new CycleObserver() {
                        @Override
                        public void cycleEnded(CycleReport report) {
                          if (measuring) {
                            cycles.add(seconds(report.startedAt(), report.endedAt()));
                          }
                        }
                      }));
      for (int i = 0; i < agents; i++) {
        host("host-" + i);
      }
      kit.manifest(Pair.task("a"));
      kit.start();
      Duration connecting = Duration.ZERO;
      while (connected < agents) {
        kit.runFor(INTERVAL);
        connecting = connecting.plus(INTERVAL);
      }
      kit.runFor(INTERVAL); // what waited for a login has ended
      System.out.printf("connecting\t%d\ts\t\t%n", connecting.toSeconds());
      measuring = true;
      kit.runFor(time);
    }
    System.out.printf("agents\t%d\t\t\t%n", agents);
    System.out.printf("cycles\t%d\t\t\t%n", cycles.size());
    System.out.printf("checks\t%d\t\t\t%n", late.size());
    boolean enough = late.size() >= agents * (time.toMinutes() - 1);
    boolean paceKept = row("cycle-p99", cycles, LONGEST);
    boolean inTime = row("late-p99", late, LATEST);
    return enough && paceKept && inTime;
  }

  /** A host that takes some time for each thing, and drifts now and then. */
  private void host(String name) {
    boolean[] broken = {false};
    Instant[] last = {null};
    FakeHost host = kit.agent(name, Map.of());
    host.opensSlowly(millis(20, 300)).takes(STEP.check(), millis(20, 400));
    host.takes(STEP.command(), millis(500, 5_000));
    host.answer(
        STEP.command(),
        command -> {
          broken[0] = false;
          return CommandResult.exited(0);
        });
    host.answer(
        STEP.check(),
        command -> {
          Instant now = kit.time().now();
          if (last[0] == null) {
            connected++;
          } else if (measuring && seconds(last[0], now) > INTERVAL.toSeconds() / 2.0) {
            late.add(seconds(last[0], now) - INTERVAL.toSeconds());
          }
          last[0] = now;
          broken[0] |= random.nextInt(DRIFTED) == 0;
          return CommandResult.exited(broken[0] ? 1 : 0);
        });
  }

  private Duration millis(int from, int to) {
    return Duration.ofMillis(random.nextInt(from, to));
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toNanos() / 1e9;
  }

  private static boolean row(String name, List<Double> values, double most) {
    List<Double> sorted = values.stream().sorted().toList();
    double p99 = sorted.get((int) Math.ceil(sorted.size() * 0.99) - 1);
    boolean passed = p99 <= most;
    System.out.printf("%s\t%.2f\ts\t<=%s\t%s%n", name, p99, most, passed);
    return passed;
  }
}
