package dev.fluke.alert;

import static java.util.Objects.requireNonNull;

import dev.fluke.agent.Agent;
import dev.fluke.agent.Selector;
import dev.fluke.text.Printable;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The alerts that a sink gets: those that meet all conditions. Each condition returns a new filter.
 *
 * <p>A filter that lets {@code drift_detected} pass should let its ends pass, too: {@code
 * drift_remediated} and {@code drift_resolved}. Immutable, so safe for use by any thread.
 */
public final class AlertFilter {
  private static final AlertFilter EVERYTHING = new AlertFilter(alert -> true);

  private final Predicate<Alert> condition;

  private AlertFilter(Predicate<Alert> condition) {
    this.condition = condition;
  }

  /** Lets every alert pass. */
  public static AlertFilter everything() {
    return EVERYTHING;
  }

  /**
   * Lets only alerts of these events pass.
   *
   * @throws IllegalArgumentException if there is no event, or one is not in {@link Alert#EVENTS}
   */
  public AlertFilter events(String... events) {
    requireSome("events()", events);
    for (String event : events) {
      if (!Alert.EVENTS.contains(event)) {
        throw new IllegalArgumentException(
            "no alert has the event '%s'; known events: %s"
                .formatted(Printable.of(event), String.join(", ", Alert.EVENTS)));
      }
    }
    Set<String> wanted = Set.copyOf(List.of(events));
    return and(alert -> wanted.contains(alert.event()));
  }

  /**
   * Lets only alerts about these tasks pass. Upper and lower case are the same.
   *
   * @throws IllegalArgumentException if there is no task
   */
  public AlertFilter tasks(String... tasks) {
    requireSome("tasks()", tasks);
    List<String> wanted = List.of(tasks).stream().map(AlertFilter::folded).toList();
    return and(alert -> alert.task().filter(task -> wanted.contains(folded(task))).isPresent());
  }

  /** Lets only alerts pass that are about an agent which {@code selector} matches. */
  public AlertFilter agents(Selector selector) {
    requireNonNull(selector, "selector");
    return and(
        alert ->
            alert
                .agent()
                .filter(name -> selector.matches(Agent.named(name).labels(alert.labels())))
                .isPresent());
  }

  private AlertFilter and(Predicate<Alert> more) {
    return new AlertFilter(condition.and(more));
  }

  private static void requireSome(String where, String... names) {
    if (names.length == 0) {
      throw new IllegalArgumentException(
          "%s without a name would let no alert pass; name at least one".formatted(where));
    }
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Whether it lets this alert pass. */
  public boolean lets(Alert alert) {
    return condition.test(alert);
  }
}
