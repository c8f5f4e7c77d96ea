package dev.fluke.agent;

import static java.util.Objects.requireNonNull;

import dev.fluke.transport.Transport;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A managed target: a unique name, labels, and a transport to its host. Fluke installs nothing on
 * it.
 *
 * <p>Each option returns a new agent. Immutable, so safe for use by any thread.
 *
 * <p>It has no JSON form: Jackson, Gson and their like fail on it, or leave out secrets and more.
 *
 * <pre>{@code
 * Agent.named("web-01", Ssh.to("web-01.example.com").user("deploy"))
 *     .label("role", "web")
 *     .checkLimit(Duration.ofSeconds(20));
 * }</pre>
 */
public final class Agent {
  private final String name;
  private final Reach reach;
  private final SortedMap<String, String> labels;
  private final AgentOptions options;

  /** How the host is reached; the address is asked once, since that is code of the transport. */
  private record Reach(@Nullable Transport transport, String address) {
    static Reach by(Transport transport) {
      return new Reach(transport, requireNonNull(transport.address(), "address of the transport"));
    }
  }

  private Agent(String name, Reach reach, SortedMap<String, String> labels, AgentOptions options) {
    this.name = name;
    this.reach = reach;
    this.labels = labels;
    this.options = options;
  }

  /**
   * Creates an agent without labels whose host {@code transport} reaches.
   *
   * @param name unique among the agents of one reconciler
   * @throws IllegalArgumentException if the name is longer than 253 characters, or has other
   *     characters than letters, digits, {@code . _ - @ : /} and spaces between them
   */
  public static Agent named(String name, Transport transport) {
    return create(name, Reach.by(requireNonNull(transport, "transport")));
  }

  /**
   * Creates an agent that has no host, for executors that work on something else, such as an API.
   *
   * @throws IllegalArgumentException as {@link #named(String, Transport)}
   */
  public static Agent named(String name) {
    return create(name, new Reach(null, "agent " + name));
  }

  private static Agent create(String name, Reach reach) {
    return new Agent(Names.check("agent", name), reach, new TreeMap<>(), AgentOptions.DEFAULTS);
  }

  private Agent with(AgentOptions others) {
    return new Agent(name, reach, labels, others);
  }

  /**
   * Sets a label. A label that has the same key is replaced.
   *
   * @param value may be empty
   * @throws IllegalArgumentException if the key or the value breaks the rules for names
   */
  public Agent label(String key, String value) {
    SortedMap<String, String> more = new TreeMap<>(labels);
    more.put(Names.check("label", key), Names.checkLabelValue(key, value));
    return new Agent(name, reach, more, options);
  }

  /** Sets each of these labels as {@link #label} does; the other labels stay. */
  public Agent labels(Map<String, String> more) {
    SortedMap<String, String> all = new TreeMap<>(labels);
    more.forEach(
        (key, value) -> all.put(Names.check("label", key), Names.checkLabelValue(key, value)));
    return new Agent(name, reach, all, options);
  }

  /**
   * Runs {@code shell} steps in this shell. The default is {@code /bin/bash}.
   *
   * @throws IllegalArgumentException if the path is not absolute, or contains a colon
   */
  public Agent defaultShell(String absolutePath) {
    return with(options.defaultShell(absolutePath));
  }

  /**
   * Puts these directories in front of the {@code PATH} of commands. Replaces earlier ones.
   *
   * @throws IllegalArgumentException if one is not absolute, or contains a colon
   */
  public Agent path(String... directories) {
    return with(options.path(List.of(directories)));
  }

  /**
   * Lets other agents have the same address. Fluke then does one thing at a time on all of them.
   * Each agent at the address needs this option; without it the reconciler refuses the second one.
   */
  public Agent sharingAddress() {
    return with(options.sharingAddress());
  }

  /**
   * Limits each check on this agent. A step's own limit wins; without either, the reconciler's
   * limit holds.
   *
   * @throws IllegalArgumentException if the limit is zero or negative
   */
  public Agent checkLimit(Duration limit) {
    return with(options.limits(options.limits().check(limit)));
  }

  /** Limits each apply on this agent, as {@link #checkLimit(Duration)} limits checks. */
  public Agent applyLimit(Duration limit) {
    return with(options.limits(options.limits().apply(limit)));
  }

  /** Reaches the host by this transport instead; everything else stays. */
  public Agent transport(Transport other) {
    return new Agent(name, Reach.by(requireNonNull(other, "other")), labels, options);
  }

  /** Its unique name. */
  public String name() {
    return name;
  }

  /** How Fluke reaches its host; empty if it has none. */
  public Optional<Transport> transport() {
    return Optional.ofNullable(reach.transport);
  }

  /** Its labels, sorted by key; unmodifiable. */
  public Map<String, String> labels() {
    return Collections.unmodifiableSortedMap(labels);
  }

  /** The shell for {@code shell} steps, an absolute path. */
  public String defaultShell() {
    return options.defaultShell();
  }

  /** The directories in front of {@code PATH}; unmodifiable. */
  public List<String> path() {
    return options.path();
  }

  /** Whether other agents may have the same address. */
  public boolean sharesAddress() {
    return options.sharesAddress();
  }

  /** The limit of checks on this agent; empty unless set. */
  public Optional<Duration> checkLimit() {
    return Optional.ofNullable(options.limits().check());
  }

  /** The limit of applies on this agent; empty unless set. */
  public Optional<Duration> applyLimit() {
    return Optional.ofNullable(options.limits().apply());
  }

  /** The address of its transport; {@code agent NAME} if it has no host. */
  public String address() {
    return reach.address;
  }

  /** Equal agents have equal names, labels and options, and the same or an equal transport. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Agent that
        && name.equals(that.name)
        && Objects.equals(reach.transport, that.reach.transport)
        && labels.equals(that.labels)
        && options.equals(that.options);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, labels);
  }

  /** Its name and labels. */
  @Override
  public String toString() {
    return name + " " + labels;
  }
}
