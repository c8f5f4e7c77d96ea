package dev.fluke.ssh;

import dev.fluke.reconcile.Reconciler;
import dev.fluke.report.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How late a fleet's first cycle is over, with and without hosts that answer nothing: the others
 * must not wait for those.
 */
public final class Neighbours {
  private static final double MOST = 1.2;

  private final List<Ssh> ways;
  private final int dead;

  /**
   * A fleet.
   *
   * @param ways to its hosts
   * @param dead of so many the address is a black hole instead
   */
  Neighbours(List<Ssh> ways, int dead) {
    this.ways = ways;
    this.dead = dead;
  }

  /**
   * Measures and prints TSV of name, value, unit, target, pass; exits with 1 if the target is
   * missed.
   *
   * @param args agents (200), black holes among them (4), rounds (3)
   */
  public static void main(String[] args) throws Exception {
    int size = args.length > 0 ? Integer.parseInt(args[0]) : 200;
    int dead = args.length > 1 ? Integer.parseInt(args[1]) : 4;
    int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 3;
    Path dir = Files.createTempDirectory("fluke-neighbours");
    double ratio;
    try (SshFleet fleet = SshFleet.of(size, dir)) {
      Neighbours neighbours = new Neighbours(fleet.ways(), dead);
      List<Double> without = new ArrayList<>();
      List<Double> with = new ArrayList<>();
      for (int i = 0; i < rounds; i++) {
        without.add(neighbours.alone());
        with.add(neighbours.besideTheDead());
      }
      ratio = median(with) / median(without);
      System.out.printf("agents\t%d\t\t\t%n", size - dead);
      System.out.printf("black-holes\t%d\t\t\t%n", dead);
      System.out.printf("cycle-without\t%.2f\ts\t\t%n", median(without));
      System.out.printf("cycle-with\t%.2f\ts\t\t%n", median(with));
      System.out.printf("with/without\t%.3f\tratio\t<=%s\t%s%n", ratio, MOST, ratio <= MOST);
    } finally {
      SshServer.run(List.of("rm", "-rf", dir.toString()));
    }
    System.exit(ratio <= MOST ? 0 : 1);
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  /** Seconds until the last of those that live is done, as if there were no others. */
  double alone() {
    return secondsOf(ways.subList(dead, ways.size()), ways.size() - dead);
  }

  /** The same beside those that answer nothing. */
  double besideTheDead() throws Exception {
    List<FullDoor> doors = new ArrayList<>();
    try {
      List<Ssh> all = new ArrayList<>();
      for (int i = 0; i < dead; i++) {
        doors.add(new FullDoor());
        all.add(ways.get(i).port(doors.get(i).port()));
      }
      all.addAll(ways.subList(dead, ways.size()));
      return secondsOf(all, ways.size() - dead);
    } finally {
      for (FullDoor door : doors) {
        door.close();
      }
    }
  }

  private static double secondsOf(List<Ssh> ways, int answering) {
    SshFleet.Answered answered = new SshFleet.Answered();
    try (Reconciler reconciler = SshFleet.over(ways, answered)) {
      long start = System.nanoTime();
      long good =
          reconciler.cycle().tasks().stream()
              .filter(task -> task.outcome() == Outcome.IN_SYNC)
              .count();
      if (good != answering) {
        throw new IllegalStateException(good + " of " + answering + " answered");
      }
      return (answered.lastAt() - start) / 1e9;
    }
  }
}
