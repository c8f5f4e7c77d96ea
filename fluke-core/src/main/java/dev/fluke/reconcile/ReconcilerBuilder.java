package dev.fluke.reconcile;

import static java.util.Objects.requireNonNull;

import dev.fluke.agent.Agent;
import dev.fluke.alert.AlertFilter;
import dev.fluke.alert.AlertSink;
import dev.fluke.event.EventStore;
import dev.fluke.event.EventSubscriber;
import dev.fluke.executor.ExecutorKind;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.ManifestReader;
import dev.fluke.reconcile.internal.config.AlertRoute;
import dev.fluke.reconcile.internal.config.LoopSettings;
import dev.fluke.reconcile.internal.engine.Engine;
import dev.fluke.reconcile.internal.fleet.FleetDeclaration;
import dev.fluke.reconcile.internal.revision.SourceSet;
import dev.fluke.source.ManifestSource;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what a {@link Reconciler} needs; {@link #build()} says all that is wrong at once. For use
 * by one thread.
 */
public final class ReconcilerBuilder {
  private final List<Agent> agents = new ArrayList<>();
  private final List<EventSubscriber> subscribers = new ArrayList<>();
  private final List<ManifestSource> sources = new ArrayList<>();
  private final List<Manifest> declared = new ArrayList<>();
  private final List<ExecutorKind> kinds = new ArrayList<>();
  private @Nullable ClassLoader classLoader;
  private @Nullable Supplier<? extends Collection<Agent>> supplier;
  private @Nullable Scheduler scheduler;
  private @Nullable ThreadFactory threads;
  private LoopSettings settings = LoopSettings.defaults();
  private Consumer<String> faults = point -> {};

  ReconcilerBuilder() {}

  /** Manages this agent. */
  public ReconcilerBuilder agent(Agent agent) {
    agents.add(requireNonNull(agent, "agent"));
    return this;
  }

  /** Manages these agents, besides those named already. */
  public ReconcilerBuilder agents(Collection<Agent> more) {
    agents.addAll(more);
    return this;
  }

  /**
   * Manages the agents that this gives, instead of naming them. It is asked once in {@link
   * #build()}, and then at each poll interval on a thread of Fluke's; what it throws changes
   * nothing.
   */
  public ReconcilerBuilder agents(Supplier<? extends Collection<Agent>> from) {
    supplier = requireNonNull(from, "from");
    return this;
  }

  /** Enforces this manifest; the same as {@code source(ManifestSource.of(manifest))}. */
  public ReconcilerBuilder manifest(Manifest manifest) {
    declared.add(manifest);
    return source(ManifestSource.of(manifest));
  }

  /** Enforces what this gives, asked at each poll; another object is a new revision. */
  public ReconcilerBuilder manifest(Supplier<Manifest> supplied) {
    return source(ManifestSource.supplied(supplied));
  }

  /** Knows this kind of steps in YAML, besides those that {@link #kindsOf} finds. */
  public ReconcilerBuilder kind(ExecutorKind kind) {
    kinds.add(requireNonNull(kind, "kind"));
    return this;
  }

  /**
   * Finds kinds of steps in YAML with this class loader, by {@link java.util.ServiceLoader}; with
   * the context class loader of the thread that builds, unless set.
   */
  public ReconcilerBuilder kindsOf(ClassLoader loader) {
    classLoader = requireNonNull(loader, "loader");
    return this;
  }

  /** Enforces what this source declares, besides other sources: no two declare the same task. */
  public ReconcilerBuilder source(ManifestSource source) {
    sources.add(requireNonNull(source, "source"));
    return this;
  }

  /** Does this on drift unless a task says otherwise; {@link DriftPolicy#REMEDIATE} unless set. */
  public ReconcilerBuilder onDrift(DriftPolicy then) {
    settings = settings.withDefaultPolicy(requireNonNull(then, "then"));
    return this;
  }

  /** The time between two cycles of an agent, and between two looks at the source; 60 s. */
  public ReconcilerBuilder pollInterval(Duration interval) {
    settings = settings.withPollInterval(requireNonNull(interval, "interval"));
    return this;
  }

  /** How long a check may take; 60 s. */
  public ReconcilerBuilder checkLimit(Duration limit) {
    settings = settings.withCheckLimit(requireNonNull(limit, "limit"));
    return this;
  }

  /** How long an apply may take; 15 minutes. */
  public ReconcilerBuilder applyLimit(Duration limit) {
    settings = settings.withApplyLimit(requireNonNull(limit, "limit"));
    return this;
  }

  /** How many agents are connected to at once; 64. */
  public ReconcilerBuilder connectingAtOnce(int agentsAtOnce) {
    settings = settings.withConnecting(agentsAtOnce);
    return this;
  }

  /** How many agents are checked at once; 64. */
  public ReconcilerBuilder checkingAtOnce(int agentsAtOnce) {
    settings = settings.withChecking(agentsAtOnce);
    return this;
  }

  /** How many agents have something applied at once; 64. */
  public ReconcilerBuilder applyingAtOnce(int agentsAtOnce) {
    settings = settings.withApplying(agentsAtOnce);
    return this;
  }

  /**
   * How many connections are kept open; 10,000. The one that was used longest ago is closed for one
   * more, and one that was not used for ten minutes is closed, too. Fewer than are worked on at
   * once (three times 64) make some connect twice in a cycle.
   */
  public ReconcilerBuilder connectionsAtMost(int open) {
    settings = settings.withConnections(open);
    return this;
  }

  /** How many connections are opened in a second; 50. */
  public ReconcilerBuilder loginsPerSecond(int logins) {
    settings = settings.withLoginsPerSecond(logins);
    return this;
  }

  /** How long {@link Reconciler#close} waits for applies before it ends them; 30 s. */
  public ReconcilerBuilder closeGrace(Duration grace) {
    settings = settings.withCloseGrace(requireNonNull(grace, "grace"));
    return this;
  }

  /** Keeps events here; the latest 100 of each agent in memory, unless set. */
  public ReconcilerBuilder events(EventStore store) {
    settings = settings.withEvents(requireNonNull(store, "store"));
    return this;
  }

  /** Tells this of events, from the first; see also {@link Reconciler#subscribe}. */
  public ReconcilerBuilder subscriber(EventSubscriber subscriber) {
    subscribers.add(requireNonNull(subscriber, "subscriber"));
    return this;
  }

  /** Sends alerts here, all of them. */
  public ReconcilerBuilder alerts(AlertSink sink) {
    return alerts(sink, AlertFilter.everything());
  }

  /** Sends the alerts here that this lets pass; each sink has a queue of its own. */
  public ReconcilerBuilder alerts(AlertSink sink, AlertFilter filter) {
    settings =
        settings.withRoute(
            new AlertRoute(requireNonNull(sink, "sink"), requireNonNull(filter, "filter")));
    return this;
  }

  /** Makes threads with this, which should be daemons; daemon threads named fluke unless set. */
  public ReconcilerBuilder threads(ThreadFactory factory) {
    threads = requireNonNull(factory, "factory");
    return this;
  }

  /** Takes time, chance and threads from here; meant for tests. The reconciler closes it. */
  public ReconcilerBuilder scheduler(Scheduler other) {
    scheduler = requireNonNull(other, "other");
    return this;
  }

  /** Calls this at named points of each cycle; for tests that let things go wrong there. */
  public ReconcilerBuilder faults(Consumer<String> at) {
    faults = at;
    return this;
  }

  /**
   * The reconciler. It does nothing until it is asked or started.
   *
   * @throws IllegalStateException naming everything that is missing or wrong
   */
  public Reconciler build() {
    List<String> problems = new ArrayList<>();
    if (sources.isEmpty()) {
      problems.add("no manifest; call manifest(..) or source(..)");
    }
    for (ManifestSource source : sources) {
      source.problems().forEach(problem -> problems.add("source " + source + ": " + problem));
      source
          .pollInterval()
          .ifPresent(
              time ->
                  LoopSettings.requireTime(problems, "source " + source + ": its interval", time));
    }
    if (settings.outlets().routes().isEmpty()) {
      problems.addAll(alertingWithoutSink());
    }
    ManifestReader reader = reader(problems);
    if (supplier != null && !agents.isEmpty()) {
      problems.add("agents are both named and supplied; do one of the two");
    }
    problems.addAll(FleetDeclaration.problems(agents));
    problems.addAll(settings.problems());
    if (reader == null || !problems.isEmpty()) {
      throw new IllegalStateException("reconciler: " + String.join("; ", problems));
    }
    Engine engine = new Engine(settings, schedulerToUse(), sources, reader, faults);
    if (supplier == null) {
      engine.members().become(agents);
    } else {
      engine.follow(supplier);
    }
    subscribers.forEach(engine::subscribe);
    return new Reconciler(engine);
  }

  private List<String> alertingWithoutSink() {
    List<String> problems = new ArrayList<>();
    if (settings.defaultPolicy().alerts()) {
      problems.add("a task that names none: " + settings.defaultPolicy().needsSink());
    }
    declared.forEach(manifest -> problems.addAll(SourceSet.alertingWithoutSink(manifest)));
    return problems;
  }

  private @Nullable ManifestReader reader(List<String> problems) {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    ClassLoader ours = context == null ? Reconciler.class.getClassLoader() : context;
    try {
      ManifestReader reader = ManifestReader.of(classLoader == null ? ours : classLoader, kinds);
      return settings.outlets().routes().isEmpty() ? reader.withoutAlerts() : reader;
    } catch (IllegalStateException e) {
      problems.add(String.valueOf(e.getMessage()));
      return null;
    }
  }

  private Scheduler schedulerToUse() {
    if (scheduler != null) {
      return scheduler;
    }
    return threads == null ? Scheduler.system() : Scheduler.system(threads);
  }
}
