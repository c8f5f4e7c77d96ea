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
 * A managed target: a name, labels, and a transport to its host. Nothing is installed on it.
 *
 * <p>Each option returns a new value; an agent is immutable and safe for use by any thread.
 */
public final class Agent {
  private final String name;
  private final @Nullable Transport transport;
  private final SortedMap<String, String> labels;
  private final String defaultShell;
  private final List<String> path;
  private final boolean sharesAddress;
  private final Limits limits;

  /** How long things may take on it; null where the reconciler's limit holds. */
  private record Limits(@Nullable Duration check, @Nullable Duration apply) {}

  private Agent(
      String name,
      @Nullable Transport transport,
      SortedMap<String, String> labels,
      String defaultShell,
      List<String> path,
      boolean sharesAddress,
      Limits limits) {
    this.name = name;
    this.transport = transport;
    this.labels = labels;
    this.defaultShell = defaultShell;
    this.path = path;
    this.sharesAddress = sharesAddress;
    this.limits = limits;
  }

  /**
   * An agent whose host is reached by {@code transport}.
   *
   * @throws IllegalArgumentException if the name is not made of letters, digits and {@code . _ - @
   *     : /} or spaces between them, or is longer than 253 characters
   */
  public static Agent named(String name, Transport transport) {
    return create(name, requireNonNull(transport, "transport"));
  }

  /** An agent without a host, for executors that talk to something else, such as an API. */
  public static Agent named(String name) {
    return create(name, null);
  }

  private static Agent create(String name, @Nullable Transport transport) {
    return new Agent(
        Names.check("agent", name),
        transport,
        new TreeMap<>(),
        "/bin/bash",
        List.of(),
        false,
        new Limits(null, null));
  }

  /**
   * With this label, in place of one with the same key.
   *
   * @throws IllegalArgumentException if key or value is no name; a value may be empty
   */
  public Agent label(String key, String value) {
    SortedMap<String, String> more = new TreeMap<>(labels);
    more.put(Names.check("label", key), Names.checkLabelValue(key, value));
    return new Agent(name, transport, more, defaultShell, path, sharesAddress, limits);
  }

  /** With these labels besides those it has. */
  public Agent labels(Map<String, String> more) {
    Agent labelled = this;
    for (Map.Entry<String, String> label : more.entrySet()) {
      labelled = labelled.label(label.getKey(), label.getValue());
    }
    return labelled;
  }

  /**
   * Runs {@code shell} steps in this shell instead of {@code /bin/bash}.
   *
   * @throws IllegalArgumentException if the path is not absolute
   */
  public Agent defaultShell(String absolutePath) {
    requireAbsolute("default shell", absolutePath);
    return new Agent(name, transport, labels, absolutePath, path, sharesAddress, limits);
  }

  /**
   * Puts these directories in front of the {@code PATH} that commands see.
   *
   * @throws IllegalArgumentException if one is not absolute, or contains a colon
   */
  public Agent path(String... directories) {
    for (String directory : directories) {
      requireAbsolute("path", directory);
    }
    return new Agent(
        name, transport, labels, defaultShell, List.of(directories), sharesAddress, limits);
  }

  /**
   * Allows other agents at the same address; work on all of them then happens one thing at a time.
   * Each of them must say so.
   */
  public Agent sharingAddress() {
    return new Agent(name, transport, labels, defaultShell, path, true, limits);
  }

  /**
   * Gives checks this long on it, unless a step says otherwise; as the reconciler says, unless set.
   *
   * @throws IllegalArgumentException unless it is more than zero
   */
  public Agent checkLimit(Duration limit) {
    return with(new Limits(positive("check", limit), limits.apply));
  }

  /** As {@link #checkLimit(Duration)}, for applies. */
  public Agent applyLimit(Duration limit) {
    return with(new Limits(limits.check, positive("apply", limit)));
  }

  private Agent with(Limits others) {
    return new Agent(name, transport, labels, defaultShell, path, sharesAddress, others);
  }

  /** Its unique name. */
  public String name() {
    return name;
  }

  /** How its host is reached; empty if it has none. */
  public Optional<Transport> transport() {
    return Optional.ofNullable(transport);
  }

  /** Its labels, sorted by key; unmodifiable. */
  public Map<String, String> labels() {
    return Collections.unmodifiableSortedMap(labels);
  }

  /** The shell for {@code shell} steps, an absolute path. */
  public String defaultShell() {
    return defaultShell;
  }

  /** Directories in front of {@code PATH}. */
  public List<String> path() {
    return path;
  }

  /** Whether other agents may have the same address. */
  public boolean sharesAddress() {
    return sharesAddress;
  }

  /** How long checks may take on it, if that was set. */
  public Optional<Duration> checkLimit() {
    return Optional.ofNullable(limits.check);
  }

  /** How long applies may take on it, if that was set. */
  public Optional<Duration> applyLimit() {
    return Optional.ofNullable(limits.apply);
  }

  /** Where it is: its transport's address, or its name if it has no host. */
  public String address() {
    return transport == null ? "agent " + name : transport.address();
  }

  /** Equal agents have the same name, labels and settings, and the same or an equal transport. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Agent that
        && name.equals(that.name)
        && Objects.equals(transport, that.transport)
        && labels.equals(that.labels)
        && defaultShell.equals(that.defaultShell)
        && path.equals(that.path)
        && sharesAddress == that.sharesAddress
        && limits.equals(that.limits);
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

  private static Duration positive(String what, Duration limit) {
    if (limit.isZero() || limit.isNegative()) {
      throw new IllegalArgumentException(
          what + " limit is " + limit + ", must be more than zero, such as PT60S");
    }
    return limit;
  }

  private static void requireAbsolute(String what, String path) {
    if (!path.startsWith("/") || path.indexOf('\0') >= 0 || path.contains(":")) {
      throw new IllegalArgumentException(
          what + " '" + path.replace('\0', '?') + "' must be an absolute path without a colon");
    }
  }
}
