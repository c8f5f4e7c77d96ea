package dev.fluke.testkit;

import dev.fluke.agent.Agent;
import dev.fluke.alert.Alert;
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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A whole fleet in a test: a reconciler on virtual time, with scripted hosts. Needs no network and
 * no wait.
 *
 * <p>Closing it closes the reconciler and fails the test that left a connection, or work that still
 * waits, behind. For use by one thread.
 */
public final class FlukeKit implements AutoCloseable {
  private final VirtualTime time;
  private final Set<FakeHost> hosts = new LinkedHashSet<>();
  private final Map<String, Agent> agents = new LinkedHashMap<>();
  private final List<Event> events = new ArrayList<>();
  private final List<Alert> alerts = new ArrayList<>();
  private UnaryOperator<ReconcilerBuilder> options = builder -> builder;
  private Manifest manifest = Manifest.empty();
  private @Nullable ManifestSource source;
  private @Nullable Reconciler reconciler;

  private FlukeKit(VirtualTime time) {
    this.time = time;
  }

  /** A kit in which work runs in the order in which it became ready. */
  public static FlukeKit create() {
    return new FlukeKit(VirtualTime.seeded(1));
  }

  /** A kit in which chance decides what runs next; the same seed gives the same run. */
  public static FlukeKit create(long seed) {
    return new FlukeKit(VirtualTime.shuffled(seed));
  }

  /** Adds an agent with a scripted host of the same name. */
  public FakeHost agent(String name, Map<String, String> labels) {
    FakeHost host = FakeHost.named(name);
    agent(Agent.named(name, host).labels(labels));
    return host;
  }

  /** Adds an agent, in place of one of the same name. */
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

  /** Declares these tasks, as a new revision that the next poll finds. */
  public FlukeKit manifest(Task... tasks) {
    return manifest(Manifest.of(tasks));
  }

  /** Declares this manifest, as a new revision that the next poll finds. */
  public FlukeKit manifest(Manifest declared) {
    manifest = declared;
    return this;
  }

  /** Takes manifests from here; only before the reconciler is first used. */
  public FlukeKit source(ManifestSource other) {
    requireUnused("source(..)");
    source = other;
    return this;
  }

  /** Sets options of the reconciler; only before it is first used. */
  public FlukeKit configure(UnaryOperator<ReconcilerBuilder> more) {
    requireUnused("configure(..)");
    UnaryOperator<ReconcilerBuilder> before = options;
    options = builder -> more.apply(before.apply(builder));
    return this;
  }

  private void requireUnused(String method) {
    if (reconciler != null) {
      throw new IllegalStateException(method + " comes too late: the reconciler is in use");
    }
  }

  /** The reconciler, made when first asked for. */
  public Reconciler reconciler() {
    if (reconciler == null) {
      EventStore ring = EventStore.inMemory(100);
      ReconcilerBuilder builder =
          Reconciler.builder()
              .scheduler(time)
              .events(new Recording(ring, events))
              .alerts(this::took)
              .agents(agents.values())
              .source(source == null ? ManifestSource.supplied(() -> manifest) : source);
      reconciler = options.apply(builder).build();
    }
    return reconciler;
  }

  /** Declares these tasks and runs one cycle over all agents. */
  public CycleReport cycle(Task... tasks) {
    manifest(tasks);
    return cycle();
  }

  /** Runs one cycle over all agents. */
  public CycleReport cycle() {
    return reconciler().cycle();
  }

  /** Starts the reconciler's timers. */
  public FlukeKit start() {
    reconciler().start();
    return this;
  }

  /** Lets this much time pass. */
  public FlukeKit runFor(Duration span) {
    time.runFor(span);
    return this;
  }

  /** The time that passes here. */
  public VirtualTime time() {
    return time;
  }

  /** All events so far, of all agents. */
  public List<Event> events() {
    synchronized (events) {
      return List.copyOf(events);
    }
  }

  private void took(Alert alert) {
    synchronized (alerts) {
      alerts.add(alert);
    }
  }

  /**
   * All alerts so far: the kit has a sink that takes each at once. Lets what can happen now happen
   * first, so that none is still under way.
   */
  public List<Alert> alerts() {
    time.runUntilIdle();
    synchronized (alerts) {
      return List.copyOf(alerts);
    }
  }

  /** All scripted hosts, in order of adding, those of agents that were replaced or removed too. */
  public List<FakeHost> hosts() {
    return List.copyOf(hosts);
  }

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
      throw new AssertionError("closed, and still there: " + left);
    }
  }

  /** Keeps all events beside the ring. */
  private record Recording(EventStore ring, List<Event> all) implements EventStore {
    @Override
    public void append(List<Event> more) throws Exception {
      ring.append(more);
      synchronized (all) {
        all.addAll(more);
      }
    }

    @Override
    public List<Event> latest(String agent, int atMost) {
      return ring.latest(agent, atMost);
    }
  }
}
