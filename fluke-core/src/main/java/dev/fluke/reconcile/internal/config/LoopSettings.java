package dev.fluke.reconcile.internal.config;

import dev.fluke.command.SecretSource;
import dev.fluke.event.EventStore;
import dev.fluke.guard.Guard;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.report.CycleObserver;
import dev.fluke.text.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What an application set, apart from agents and sources. Each {@code with…} method gives a new
 * value. Immutable.
 */
public record LoopSettings(
    DriftPolicy defaultPolicy, Extensions extensions, Times times, AtOnce atOnce, Outlets outlets) {
  /** How old a check's answer may be when it counts. */
  public static final Duration FRESHNESS = Duration.ofSeconds(30);

  /** What the application gives to be asked. */
  public record Extensions(List<Guard> guards, List<SecretSource> secrets) {
    public Extensions {
      guards = List.copyOf(guards);
      secrets = List.copyOf(secrets);
    }
  }

  /** How often agents are checked, how long calls may take, and how long a close waits. */
  public record Times(Duration pollInterval, CallLimits limits, Duration closeGrace) {}

  /** How long one check and one apply may take. */
  public record CallLimits(Duration check, Duration apply) {}

  /** How many agents are worked on at once, in each stage, and how connections are opened. */
  public record AtOnce(Stages stages, Connections connections) {}

  /** How many agents are in a stage at once. */
  public record Stages(int connecting, int checking, int applying) {}

  /** How many connections are open, and how many are opened in a second. */
  public record Connections(int open, int loginsPerSecond) {}

  /** Where events, alerts and the ends of checks, applies, tasks and cycles go. */
  public record Outlets(EventStore events, List<AlertRoute> routes, List<CycleObserver> observers) {
    public Outlets {
      routes = List.copyOf(routes);
      observers = List.copyOf(observers);
    }
  }

  /** The documented defaults. */
  public static LoopSettings defaults() {
    return new LoopSettings(
        DriftPolicy.REMEDIATE,
        new Extensions(List.of(), List.of()),
        new Times(
            Duration.ofSeconds(60),
            new CallLimits(Duration.ofSeconds(60), Duration.ofMinutes(15)),
            Duration.ofSeconds(30)),
        new AtOnce(new Stages(64, 64, 64), new Connections(10_000, 50)),
        new Outlets(EventStore.inMemory(100), List.of(), List.of()));
  }

  public LoopSettings withDefaultPolicy(DriftPolicy policy) {
    return new LoopSettings(policy, extensions, times, atOnce, outlets);
  }

  /** With one guard more. */
  public LoopSettings withGuard(Guard guard) {
    List<Guard> all = new ArrayList<>(extensions.guards);
    all.add(guard);
    return with(new Extensions(all, extensions.secrets));
  }

  /** With one secret source more. */
  public LoopSettings withSecrets(SecretSource source) {
    List<SecretSource> all = new ArrayList<>(extensions.secrets);
    all.add(source);
    return with(new Extensions(extensions.guards, all));
  }

  private LoopSettings with(Extensions other) {
    return new LoopSettings(defaultPolicy, other, times, atOnce, outlets);
  }

  public LoopSettings withPollInterval(Duration interval) {
    return with(new Times(interval, times.limits, times.closeGrace));
  }

  public LoopSettings withCheckLimit(Duration limit) {
    return with(new CallLimits(limit, times.limits.apply));
  }

  public LoopSettings withApplyLimit(Duration limit) {
    return with(new CallLimits(times.limits.check, limit));
  }

  public LoopSettings withCloseGrace(Duration grace) {
    return with(new Times(times.pollInterval, times.limits, grace));
  }

  public LoopSettings withConnecting(int agents) {
    return with(new Stages(agents, atOnce.stages.checking, atOnce.stages.applying));
  }

  public LoopSettings withChecking(int agents) {
    return with(new Stages(atOnce.stages.connecting, agents, atOnce.stages.applying));
  }

  public LoopSettings withApplying(int agents) {
    return with(new Stages(atOnce.stages.connecting, atOnce.stages.checking, agents));
  }

  public LoopSettings withConnections(int open) {
    return with(new Connections(open, atOnce.connections.loginsPerSecond));
  }

  public LoopSettings withLoginsPerSecond(int logins) {
    return with(new Connections(atOnce.connections.open, logins));
  }

  public LoopSettings withEvents(EventStore store) {
    return with(new Outlets(store, outlets.routes, outlets.observers));
  }

  public LoopSettings withRoute(AlertRoute route) {
    List<AlertRoute> routes = new ArrayList<>(outlets.routes);
    routes.add(route);
    return with(new Outlets(outlets.events, routes, outlets.observers));
  }

  public LoopSettings withObserver(CycleObserver observer) {
    List<CycleObserver> observers = new ArrayList<>(outlets.observers);
    observers.add(observer);
    return with(new Outlets(outlets.events, outlets.routes, observers));
  }

  private LoopSettings with(CallLimits limits) {
    return with(new Times(times.pollInterval, limits, times.closeGrace));
  }

  private LoopSettings with(Times other) {
    return new LoopSettings(defaultPolicy, extensions, other, atOnce, outlets);
  }

  private LoopSettings with(Stages stages) {
    return with(new AtOnce(stages, atOnce.connections));
  }

  private LoopSettings with(Connections connections) {
    return with(new AtOnce(atOnce.stages, connections));
  }

  private LoopSettings with(AtOnce other) {
    return new LoopSettings(defaultPolicy, extensions, times, other, outlets);
  }

  private LoopSettings with(Outlets other) {
    return new LoopSettings(defaultPolicy, extensions, times, atOnce, other);
  }

  /** Whether alerts have somewhere to go. */
  public boolean hasSink() {
    return !outlets.routes.isEmpty();
  }

  /** The tasks whose policy alerts although there is no sink, and the default policy if it does. */
  public List<String> alertingWithoutSink(Manifest... manifests) {
    List<String> problems = new ArrayList<>();
    if (hasSink()) {
      return problems;
    }
    if (defaultPolicy.alerts()) {
      problems.add("a task that names none: " + defaultPolicy.needsSink());
    }
    for (Manifest manifest : manifests) {
      for (Task task : manifest.tasks()) {
        task.policy()
            .filter(DriftPolicy::alerts)
            .ifPresent(
                policy -> problems.add("task '%s': %s".formatted(task.name(), policy.needsSink())));
      }
    }
    return problems;
  }

  /** Everything that is wrong, for people; empty if nothing is. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    requireTime(problems, "poll interval", times.pollInterval);
    requireTime(problems, "check limit", times.limits.check);
    requireTime(problems, "apply limit", times.limits.apply);
    if (times.closeGrace.isNegative()) {
      problems.add("close grace is %s, must not be negative".formatted(times.closeGrace));
    } else if (!times.closeGrace.isZero()) {
      requireTime(problems, "close grace", times.closeGrace);
    }
    requireOne(problems, "connecting at once", atOnce.stages.connecting);
    requireOne(problems, "checking at once", atOnce.stages.checking);
    requireOne(problems, "applying at once", atOnce.stages.applying);
    requireOne(problems, "open connections", atOnce.connections.open);
    requireOne(problems, "logins per second", atOnce.connections.loginsPerSecond);
    return problems;
  }

  private static void requireTime(List<String> problems, String what, Duration time) {
    Durations.problem(time)
        .ifPresent(problem -> problems.add("%s is %s, %s".formatted(what, time, problem)));
  }

  private static void requireOne(List<String> problems, String what, int count) {
    if (count < 1) {
      problems.add("%s is %d, must be at least 1".formatted(what, count));
    }
  }
}
