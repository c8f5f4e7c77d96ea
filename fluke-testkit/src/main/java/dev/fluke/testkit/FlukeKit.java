package dev.fluke.testkit;

import dev.fluke.agent.Agent;
import dev.fluke.alert.Alert;
import dev.fluke.command.Secret;
import dev.fluke.event.Event;
import dev.fluke.event.EventStore;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.reconcile.ReconcilerBuilder;
import dev.fluke.report.CycleReport;
import dev.fluke.source.ManifestSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A fleet in a test: a reconciler in virtual time, with scripted hosts. It needs no network, and a
 * day of cycles passes in an instant.
 *
 * <pre>{@code
 * try (FlukeKit kit = FlukeKit.create()) {
 *   kit.agent("web-01", Map.of("role", "web")).unit("nginx.service").stopped();
 *   CycleReport report = kit.cycle(nginx);
 *   assertThat(report.task("nginx").on("web-01")).isRemediated();
 * }
 * }</pre>
 *
 * <p>{@link #close()} fails a test that left connections or waiting work behind. For use by one
 * thread.
 */
public final class FlukeKit implements AutoCloseable {
  private final VirtualTime time;
  private final Set<FakeHost> hosts = new LinkedHashSet<>();
  private final Map<String, Agent> agents = new LinkedHashMap<>();
  private final RecordedEvents events = new RecordedEvents(EventStore.inMemory(100));
  private final List<Alert> alerts = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, Secret> secrets = new ConcurrentHashMap<>();
  private UnaryOperator<ReconcilerBuilder> options = builder -> builder;
  private Manifest manifest = Manifest.empty();
  private @Nullable ManifestSource source;
  private @Nullable Reconciler reconciler;

  private FlukeKit(VirtualTime time) {
    this.time = time;
  }

  /** A kit in which work runs in the order in which it became ready: every run is the same. */
  public static FlukeKit create() {
    return new FlukeKit(VirtualTime.seeded(1));
  }

  /** A kit in which the seed decides which work runs next of all that is ready. */
  public static FlukeKit create(long seed) {
    return new FlukeKit(VirtualTime.shuffled(seed));
  }

  /** Adds an agent with a scripted host, which has the same name. */
  public FakeHost agent(String name, Map<String, String> labels) {
    FakeHost host = FakeHost.named(name);
    agent(Agent.named(name, host).labels(labels));
    return host;
  }

  /** Adds an agent, or replaces the agent of the same name. */
  public FlukeKit agent(Agent agent) {
    agent
        .transport()
        .filter(FakeHost.class::isInstance)
        .ifPresent(host -> hosts.add((FakeHost) host));
    agents.put(agent.name(), agent);
    if (reconciler != null) {
      reconciler.put(agent);
    }
    return this;
  }

  /** Replaces the manifest by these tasks; the next poll finds the new revision. */
  public FlukeKit manifest(Task... tasks) {
    return manifest(Manifest.of(tasks));
  }

  /** Replaces the manifest; the next poll finds the new revision. */
  public FlukeKit manifest(Manifest declared) {
    manifest = declared;
    return this;
  }

  /**
   * Sets the source of manifests; {@link #manifest} has no effect then.
   *
   * @throws IllegalStateException if the reconciler is in use
   */
  public FlukeKit source(ManifestSource other) {
    requireUnused("source(..)");
    source = other;
    return this;
  }

  /**
   * Sets options of the reconciler, after those of earlier calls.
   *
   * @throws IllegalStateException if the reconciler is in use
   */
  public FlukeKit configure(UnaryOperator<ReconcilerBuilder> more) {
    requireUnused("configure(..)");
    UnaryOperator<ReconcilerBuilder> before = options;
    options = builder -> more.apply(before.apply(builder));
    return this;
  }

  /**
   * Supplies a secret that manifests name, or another value of it from the next walk on.
   *
   * @param value at least 6 characters
   */
  public FlukeKit secret(String name, String value) {
    Secret checked = Secret.named(name);
    secrets.put(checked.name().orElseThrow(), Secret.of(value));
    return this;
  }

  private void requireUnused(String method) {
    if (reconciler != null) {
      throw new IllegalStateException(
          "call %s before the reconciler is first used".formatted(method));
    }
  }

  /** The reconciler, which the first call creates. */
  public Reconciler reconciler() {
    if (reconciler == null) {
      ReconcilerBuilder builder =
          Reconciler.builder()
              .scheduler(time)
              .events(events)
              .alerts(alerts::add)
              .secrets(name -> Optional.ofNullable(secrets.get(name)))
              .agents(agents.values())
              .source(source == null ? ManifestSource.supplied(() -> manifest) : source);
      reconciler = options.apply(builder).build();
    }
    return reconciler;
  }

  /** Replaces the manifest by these tasks, and runs one cycle on all agents. */
  public CycleReport cycle(Task... tasks) {
    manifest(tasks);
    return cycle();
  }

  /** Runs one cycle on all agents. */
  public CycleReport cycle() {
    return reconciler().cycle();
  }

  /** Starts the reconciler's timers. */
  public FlukeKit start() {
    reconciler().start();
    return this;
  }

  /** Lets this much virtual time pass, and runs everything that is due in it. */
  public FlukeKit runFor(Duration span) {
    time.runFor(span);
    return this;
  }

  /** The virtual time of this kit. */
  public VirtualTime time() {
    return time;
  }

  /**
   * All events so far, of all agents. First runs all work that is ready, so that no event is still
   * under way.
   */
  public List<Event> events() {
    time.runUntilIdle();
    return events.all();
  }

  /**
   * All alerts so far, of all agents. First runs all work that is ready, so that no alert is still
   * under way.
   */
  public List<Alert> alerts() {
    time.runUntilIdle();
    return List.copyOf(alerts);
  }

  /**
   * All scripted hosts in the order in which they were added, also those of agents that were
   * replaced or removed since.
   */
  public List<FakeHost> hosts() {
    return List.copyOf(hosts);
  }

  /**
   * Closes the reconciler.
   *
   * @throws AssertionError if a connection is still open, or work still waits
   */
  @Override
  public void close() {
    List<String> left = new ArrayList<>();
    try {
      if (reconciler != null) {
        reconciler.close();
      }
      time.runUntilIdle();
      left.addAll(time.parkedWork());
      hosts.stream()
          .filter(host -> host.openConnections() > 0)
          .forEach(host -> left.add("a connection to " + host));
    } finally {
      time.close();
    }
    if (!left.isEmpty()) {
      throw new AssertionError("the kit is closed, but these are left: " + left);
    }
  }
}
