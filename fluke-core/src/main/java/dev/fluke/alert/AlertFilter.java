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
 * Which alerts a sink gets: those that each of its conditions lets pass. Immutable.
 *
 * <p>Who lets {@code drift_detected} pass does well to let its end pass, too: {@code
 * drift_remediated} and {@code drift_resolved}.
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
   * Only alerts of these events.
   *
   * @throws IllegalArgumentException if there is none, or one of them is none of {@link
   *     Alert#EVENTS}
   */
  public AlertFilter events(String... events) {
    requireSome("events()", events);
    for (String event : events) {
      if (!Alert.EVENTS.contains(event)) {
        throw new IllegalArgumentException(
            "no alert is called '"
                + Printable.of(event)
                + "'; known are "
                + String.join(", ", Alert.EVENTS));
      }
    }
    Set<String> wanted = Set.copyOf(List.of(events));
    return and(alert -> wanted.contains(alert.event()));
  }

  /**
   * Only alerts about these tasks, case aside; none that is about no task.
   *
   * @throws IllegalArgumentException if there is none
   */
  public AlertFilter tasks(String... tasks) {
    requireSome("tasks()", tasks);
    List<String> wanted = List.of(tasks).stream().map(AlertFilter::folded).toList();
    return and(alert -> alert.task().filter(task -> wanted.contains(folded(task))).isPresent());
  }

  /** Only alerts about agents that this selects; none that is about no agent. */
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
          where + " names none, so no alert would pass; name at least one");
    }
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Whether this alert is let pass. */
  public boolean lets(Alert alert) {
    return condition.test(alert);
  }
}
