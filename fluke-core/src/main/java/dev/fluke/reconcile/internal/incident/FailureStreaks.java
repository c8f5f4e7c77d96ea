package dev.fluke.reconcile.internal.incident;

import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.util.function.Predicate;

/** Counts how often in a row, and since when, a check was unknown or an agent unreachable. */
final class FailureStreaks {
  private static final int LOOKS = 3;
  private static final Duration TIME = Duration.ofMinutes(5);

  private final Scheduler scheduler;
  private final SubjectMap<Streak> streaks = new SubjectMap<>();

  private record Streak(int looks, long since) {}

  FailureStreaks(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** Counts one more failure; true once there were 3 of them in at least 5 minutes. */
  boolean lasts(Subject subject) {
    long now = scheduler.nanoTime();
    Streak before = streaks.get(subject);
    Streak streak =
        before == null ? new Streak(1, now) : new Streak(before.looks + 1, before.since);
    streaks.put(subject, streak);
    return streak.looks >= LOOKS && now - streak.since >= TIME.toNanos();
  }

  void end(Subject subject) {
    streaks.remove(subject);
  }

  void endUnless(String agent, Predicate<String> task) {
    streaks.removeIf(agent, subject -> !task.test(subject.task()));
  }

  void endAll(String agent) {
    streaks.removeAgent(agent);
  }
}
