package dev.fluke.reconcile;

import dev.fluke.event.EventStore;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the builder gathered, apart from agents and the source. */
record LoopSettings(
    Scheduler scheduler,
    DriftPolicy defaultPolicy,
    Duration pollInterval,
    Duration checkLimit,
    Duration applyLimit,
    Duration freshness,
    Duration closeGrace,
    int connecting,
    int checking,
    int applying,
    int connections,
    int loginsPerSecond,
    EventStore events,
    List<AlertDispatcher.Route> routes) {

  /** What is wrong with them, for people. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    needsTime(problems, "poll interval", pollInterval);
    needsTime(problems, "check limit", checkLimit);
    needsTime(problems, "apply limit", applyLimit);
    if (closeGrace.isNegative()) {
      problems.add("close grace is " + closeGrace + ", must not be negative");
    }
    needsOne(problems, "connecting at once", connecting);
    needsOne(problems, "checking at once", checking);
    needsOne(problems, "applying at once", applying);
    needsOne(problems, "open connections", connections);
    needsOne(problems, "logins per second", loginsPerSecond);
    return problems;
  }

  static void needsTime(List<String> problems, String what, Duration time) {
    if (time.isNegative() || time.isZero()) {
      problems.add(what + " is " + time + ", must be more than zero");
    }
  }

  private static void needsOne(List<String> problems, String what, int count) {
    if (count < 1) {
      problems.add(what + " is " + count + ", must be at least 1");
    }
  }
}
