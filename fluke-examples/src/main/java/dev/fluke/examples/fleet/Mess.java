package dev.fluke.examples.fleet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** Damages to hosts that chance picks; the same seed picks the same. */
final class Mess {
  private static final int SIZE = 12;

  /**
   * A damage to a host.
   *
   * @param damage what is done
   * @param host where
   */
  record Done(Damage damage, FleetHost host) {
    /** Does it, by ssh. */
    void make() throws IOException, InterruptedException {
      host.run(damage.script());
    }

    /** One line for people. */
    @Override
    public String toString() {
      return host.name() + ": " + damage.step() + ": somebody " + damage.words();
    }
  }

  private final List<Done> all;

  private Mess(List<Done> all) {
    this.all = all;
  }

  /** At most one damage for each step on a host, so that none undoes another. */
  static Mess of(long seed, List<FleetHost> hosts) {
    List<Done> possible = new ArrayList<>();
    for (FleetHost host : hosts) {
      Damage.all().stream()
          .filter(damage -> damage.canBeDoneTo(host))
          .forEach(damage -> possible.add(new Done(damage, host)));
    }
    Collections.shuffle(possible, new Random(seed));
    Set<String> hit = new HashSet<>();
    return new Mess(
        possible.stream()
            .filter(done -> hit.add(done.host().name() + " " + done.damage().step()))
            .limit(SIZE)
            .toList());
  }

  List<Done> all() {
    return all;
  }

  /** The names of the hosts that it hits. */
  Set<String> hosts() {
    return all.stream().map(done -> done.host().name()).collect(Collectors.toSet());
  }

  /** The tasks that are to undo it. */
  Set<TaskOn> tasks() {
    return all.stream()
        .map(done -> new TaskOn(done.host().name(), done.damage().task()))
        .collect(Collectors.toSet());
  }
}
