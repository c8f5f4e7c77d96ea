package dev.fluke.reconcile;

import static java.util.Objects.requireNonNull;

import dev.fluke.agent.Agent;
import dev.fluke.alert.AlertFilter;
import dev.fluke.alert.AlertSink;
import dev.fluke.command.SecretSource;
import dev.fluke.event.EventStore;
import dev.fluke.event.EventSubscriber;
import dev.fluke.executor.ExecutorKind;
import dev.fluke.guard.Guard;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.manifest.Manifest;
import dev.fluke.reconcile.internal.config.AlertRoute;
import dev.fluke.report.CycleObserver;
import dev.fluke.report.FleetStatus;
import dev.fluke.source.ManifestSource;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the parts and settings of a {@link Reconciler}. A manifest or a source is required;
 * everything else has a default.
 *
 * <p>No argument may be null. All other mistakes are reported by {@link #build()}, in one exception
 * that names them all. A method called twice replaces the first value, unless it says that it adds.
 * It has no JSON form. For use by one thread.
 */
public final class ReconcilerBuilder {
  private final ReconcilerParts parts = new ReconcilerParts();
  private @Nullable Scheduler scheduler;
  private @Nullable ThreadFactory threads;
  private Consumer<String> faults = point -> {};

  ReconcilerBuilder() {}

  /** Manages this agent, in addition to those added before. */
  public ReconcilerBuilder agent(Agent agent) {
    parts.agents.add(requireNonNull(agent, "agent"));
    return this;
  }

  /** Manages these agents, in addition to those added before. */
  public ReconcilerBuilder agents(Collection<Agent> more) {
    parts.agents.addAll(more);
    return this;
  }

  /**
   * Manages the agents that the supplier returns, instead of a fixed list; {@link #build()} refuses
   * both together. {@code build()} calls it once and waits at most 30 s for its answer; a running
   * reconciler calls it again each poll interval. Each call has a thread of its own, which is
   * interrupted after 5 minutes; no second call begins before the first has ended.
   *
   * <p>If a call throws, does not return, or returns null or agents that can't be managed together,
   * the fleet stays unchanged. A result that lacks more than half of the fleet takes effect only
   * when two calls in a row return it. {@link FleetStatus#agentSupplier()} says what is wrong, and
   * the event {@code agents_kept} says it once.
   */
  public ReconcilerBuilder agents(Supplier<? extends Collection<Agent>> from) {
    parts.supplier = requireNonNull(from, "from");
    return this;
  }

  /**
   * Enforces this manifest, in addition to other sources. The same as {@code
   * source(ManifestSource.of(manifest))}.
   */
  public ReconcilerBuilder manifest(Manifest manifest) {
    parts.declared.add(manifest);
    return source(ManifestSource.of(manifest));
  }

  /**
   * Enforces the manifest that the supplier returns, in addition to other sources. It is called at
   * each poll of the sources; another object than before is a new revision.
   */
  public ReconcilerBuilder manifest(Supplier<Manifest> supplied) {
    return source(ManifestSource.supplied(supplied));
  }

  /**
   * Accepts this kind of step in YAML manifests, in addition to those added before and to those
   * that {@link #kindsOf} finds.
   */
  public ReconcilerBuilder kind(ExecutorKind kind) {
    parts.kinds.add(requireNonNull(kind, "kind"));
    return this;
  }

  /**
   * Finds kinds of steps for YAML manifests through {@link java.util.ServiceLoader} and only this
   * class loader. Default: that of Fluke, and the context class loader of the caller of build().
   */
  public ReconcilerBuilder kindsOf(ClassLoader loader) {
    parts.classLoader = requireNonNull(loader, "loader");
    return this;
  }

  /**
   * Enforces what this source declares, in addition to other sources. Task names are unique across
   * sources: a revision that declares a task of another source is rejected.
   */
  public ReconcilerBuilder source(ManifestSource source) {
    parts.sources.add(requireNonNull(source, "source"));
    return this;
  }

  /**
   * The drift policy of tasks that name none. Default: {@link DriftPolicy#REMEDIATE}. A policy that
   * alerts needs an alert sink.
   */
  public ReconcilerBuilder onDrift(DriftPolicy then) {
    parts.settings = parts.settings.withDefaultPolicy(requireNonNull(then, "then"));
    return this;
  }

  /**
   * Asks this guard before a drifted task is applied by itself, in addition to those added before
   * and to Fluke's own: the back-off and the drift policy.
   */
  public ReconcilerBuilder guard(Guard guard) {
    parts.settings = parts.settings.withGuard(requireNonNull(guard, "guard"));
    return this;
  }

  /**
   * Takes secrets that manifests name from this source, after those added before. Default: none; a
   * manifest that names a secret is rejected. See {@link SecretSource} for when it is called.
   */
  public ReconcilerBuilder secrets(SecretSource source) {
    parts.settings = parts.settings.withSecrets(requireNonNull(source, "source"));
    return this;
  }

  /**
   * The time between two cycles of an agent, and between two polls of a source that has no interval
   * of its own. Default: 60 s. More than zero, at most 3,650 days.
   */
  public ReconcilerBuilder pollInterval(Duration interval) {
    parts.settings = parts.settings.withPollInterval(requireNonNull(interval, "interval"));
    return this;
  }

  /**
   * How long one check may take before it is ended; its result is then unknown. Default: 60 s. More
   * than zero, at most 3,650 days. {@link Agent#checkLimit(Duration)} overrides it for an agent.
   */
  public ReconcilerBuilder checkLimit(Duration limit) {
    parts.settings = parts.settings.withCheckLimit(requireNonNull(limit, "limit"));
    return this;
  }

  /**
   * How long one apply may take before it is ended. Default: 15 minutes. More than zero, at most
   * 3,650 days. {@link Agent#applyLimit(Duration)} overrides it for an agent.
   */
  public ReconcilerBuilder applyLimit(Duration limit) {
    parts.settings = parts.settings.withApplyLimit(requireNonNull(limit, "limit"));
    return this;
  }

  /** How many agents are being connected to at once. Default: 64. At least 1. */
  public ReconcilerBuilder connectingAtOnce(int agentsAtOnce) {
    parts.settings = parts.settings.withConnecting(agentsAtOnce);
    return this;
  }

  /** How many agents are checked at once. Default: 64. At least 1. */
  public ReconcilerBuilder checkingAtOnce(int agentsAtOnce) {
    parts.settings = parts.settings.withChecking(agentsAtOnce);
    return this;
  }

  /** How many agents have something applied at once. Default: 64. At least 1. */
  public ReconcilerBuilder applyingAtOnce(int agentsAtOnce) {
    parts.settings = parts.settings.withApplying(agentsAtOnce);
    return this;
  }

  /**
   * How many connections stay open. Default: 10,000. At least 1. When the limit is reached, the
   * connection that was idle longest is closed; one that was idle for ten minutes is closed in any
   * case. A limit below the number of agents worked on at once (three times 64 by default) makes
   * some agents connect twice in a cycle.
   */
  public ReconcilerBuilder connectionsAtMost(int open) {
    parts.settings = parts.settings.withConnections(open);
    return this;
  }

  /** How many connections are opened per second. Default: 50. At least 1. */
  public ReconcilerBuilder loginsPerSecond(int logins) {
    parts.settings = parts.settings.withLoginsPerSecond(logins);
    return this;
  }

  /**
   * How long {@link Reconciler#close} waits for applies before it ends them. Default: 30 s. Zero
   * ends them at once.
   */
  public ReconcilerBuilder closeGrace(Duration grace) {
    parts.settings = parts.settings.withCloseGrace(requireNonNull(grace, "grace"));
    return this;
  }

  /**
   * Keeps events in this store. Default: the latest 100 events of each agent, in memory, see {@link
   * EventStore#inMemory}.
   */
  public ReconcilerBuilder events(EventStore store) {
    parts.settings = parts.settings.withEvents(requireNonNull(store, "store"));
    return this;
  }

  /**
   * Sends every event to this subscriber, from the first one on, in addition to others. To
   * subscribe later, or to end a subscription, see {@link Reconciler#subscribe}.
   */
  public ReconcilerBuilder subscriber(EventSubscriber subscriber) {
    parts.subscribers.add(requireNonNull(subscriber, "subscriber"));
    return this;
  }

  /**
   * Gives every check, apply, end of a task and end of a cycle to this observer, in addition to
   * others. See {@link CycleObserver} for its thread and its queue.
   */
  public ReconcilerBuilder observer(CycleObserver observer) {
    parts.settings = parts.settings.withObserver(requireNonNull(observer, "observer"));
    return this;
  }

  /** Sends all alerts to this sink, in addition to other sinks. Default: no sink, no alerts. */
  public ReconcilerBuilder alerts(AlertSink sink) {
    return alerts(sink, AlertFilter.everything());
  }

  /**
   * Sends the alerts that pass the filter to this sink, in addition to other sinks. Each sink has a
   * queue of its own, so a slow one delays no other.
   */
  public ReconcilerBuilder alerts(AlertSink sink, AlertFilter filter) {
    parts.settings =
        parts.settings.withRoute(
            new AlertRoute(requireNonNull(sink, "sink"), requireNonNull(filter, "filter")));
    return this;
  }

  /**
   * Makes threads with this factory, as {@link Scheduler#system(ThreadFactory)} says. Default:
   * daemon threads of Fluke's own. Without effect together with {@link #scheduler}.
   */
  public ReconcilerBuilder threads(ThreadFactory factory) {
    threads = requireNonNull(factory, "factory");
    return this;
  }

  /**
   * Takes time, randomness and threads from this scheduler; for tests. Default: {@link
   * Scheduler#system()}. {@link Reconciler#close()} closes it.
   */
  public ReconcilerBuilder scheduler(Scheduler other) {
    scheduler = requireNonNull(other, "other");
    return this;
  }

  /**
   * Calls this with the name of each point that a cycle reaches; for tests that inject faults.
   * Default: nothing is called.
   */
  public ReconcilerBuilder faults(Consumer<String> at) {
    faults = at;
    return this;
  }

  /**
   * Makes the reconciler. It does nothing until {@link Reconciler#start()} or another of its
   * methods is called. Asks a supplier of agents once, and waits at most 30 s for its answer;
   * without one, there are no agents until it answers.
   *
   * @throws IllegalStateException if something is missing or wrong; the message names everything
   */
  public Reconciler build() {
    return new Reconciler(parts.engine(this::schedulerToUse, faults));
  }

  private Scheduler schedulerToUse() {
    if (scheduler != null) {
      return scheduler;
    }
    return threads == null ? Scheduler.system() : Scheduler.system(threads);
  }
}
