package dev.fluke.tests.stress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Sees every call into executors and hosts, and knows what must never happen: two at once on an
 * address, and an act after its agent was removed or its reconciler closed. Safe for use by any
 * thread.
 *
 * <p>The call that was on its way while {@code remove} returned can't be told from one that began
 * just before. So one late call of an agent is no violation, unless it comes long after; the second
 * one is.
 */
final class Witness {
  private static final Duration ON_ITS_WAY = Duration.ofSeconds(2);
  private static final int MOST_TOLD = 20;

  private final LongSupplier clock;
  private final Map<String, AtomicInteger> busy = new ConcurrentHashMap<>();
  private final Map<Integer, Life> lives = new ConcurrentHashMap<>();
  private final AtomicInteger numbers = new AtomicInteger();
  private final List<String> violations = new ArrayList<>();
  final Counts counts = new Counts();

  /** How often what happened. */
  static final class Counts {
    final AtomicLong checks = new AtomicLong();
    final AtomicLong applies = new AtomicLong();
    final AtomicLong commands = new AtomicLong();
    final AtomicLong removals = new AtomicLong();
    final AtomicLong triggers = new AtomicLong();
    final AtomicLong closes = new AtomicLong();
    final AtomicLong stuck = new AtomicLong();

    @Override
    public String toString() {
      return "%d checks, %d applies, %d commands, %d removals, %d triggers, %d closes, %d stuck"
          .formatted(
              checks.get(),
              applies.get(),
              commands.get(),
              removals.get(),
              triggers.get(),
              closes.get(),
              stuck.get());
    }
  }

  /** An agent from when it was added until it was removed, or its reconciler closed. */
  final class Life {
    final int number;
    final String name;
    final String address;
    private String end = "";
    private long endedAt;
    private boolean mayVerify;
    private int lateChecks;
    private int lateCommands;

    private Life(int number, String name, String address) {
      this.number = number;
      this.name = name;
      this.address = address;
    }

    /** Nothing may begin any more; an apply under way may still be verified if this says so. */
    synchronized void over(String how, boolean verifies) {
      if (end.isEmpty()) {
        end = how;
        endedAt = clock.getAsLong();
        mayVerify = verifies;
      }
    }

    /** A check begins; close what is returned at its end. */
    Visit check() {
      counts.checks.incrementAndGet();
      Visit visit = enter("a check");
      synchronized (this) {
        if (!end.isEmpty()) {
          lateChecks++;
          if (!mayVerify && lateChecks > 1) {
            tell(this, "check %d after %s".formatted(lateChecks, end));
          }
          tellIfLate("a check");
        }
      }
      return visit;
    }

    /** An apply begins; close what is returned at its end. */
    Visit apply() {
      counts.applies.incrementAndGet();
      Visit visit = enter("an apply");
      synchronized (this) {
        if (!end.isEmpty()) {
          if (lateChecks > 0) {
            tell(this, "an apply whose check began after " + end);
          }
          tellIfLate("an apply");
        }
      }
      return visit;
    }

    /** A command of an apply reaches the host. */
    synchronized void command() {
      counts.commands.incrementAndGet();
      if (!end.isEmpty()) {
        lateCommands++;
        if (!mayVerify && lateCommands > 1) {
          tell(this, "command %d of an apply after %s".formatted(lateCommands, end));
        }
        tellIfLate("a command of an apply");
      }
    }

    private void tellIfLate(String what) {
      long late = clock.getAsLong() - endedAt;
      if (late > ON_ITS_WAY.toNanos()) {
        tell(this, "%s %d ms after %s".formatted(what, late / 1_000_000, end));
      }
    }

    private Visit enter(String what) {
      AtomicInteger here = busy.computeIfAbsent(address, it -> new AtomicInteger());
      int together = here.incrementAndGet();
      if (together > 1) {
        tell(this, "%s, and %d more at once on %s".formatted(what, together - 1, address));
      }
      return here::decrementAndGet;
    }
  }

  /** The time that a call spends on an address. */
  interface Visit extends AutoCloseable {
    @Override
    void close();
  }

  Witness(LongSupplier clock) {
    this.clock = clock;
  }

  /** An agent is about to be added. */
  Life begins(String name, String address) {
    Life life = new Life(numbers.incrementAndGet(), name, address);
    lives.put(life.number, life);
    return life;
  }

  Life life(String number) {
    Life life = lives.get(Integer.parseInt(number));
    if (life == null) {
      throw new AssertionError("no life " + number);
    }
    return life;
  }

  /** Forgets lives of earlier rounds, so that memory stays flat. */
  void forget() {
    lives.clear();
    busy.clear();
  }

  void tell(Life life, String what) {
    tell("%s (%d): %s".formatted(life.name, life.number, what));
  }

  void tell(String violation) {
    synchronized (violations) {
      if (violations.size() < MOST_TOLD) {
        violations.add(violation);
      }
    }
  }

  List<String> violations() {
    synchronized (violations) {
      return List.copyOf(violations);
    }
  }
}
