package dev.fluke.alert;

import dev.fluke.event.Event;
import dev.fluke.text.Printable;

/** An alert's event in one line for people: printable, and at most 2 KiB long. */
final class AlertSummary {
  private AlertSummary() {}

  static String of(Event event) {
    StringBuilder text = new StringBuilder(event.type().replace('_', ' '));
    event.task().ifPresent(task -> text.append(": ").append(task));
    event
        .agent()
        .ifPresent(agent -> text.append(event.task().isPresent() ? " on " : ": ").append(agent));
    event.field("source").ifPresent(source -> text.append(": ").append(source));
    event.field("outcome").ifPresent(outcome -> text.append(", ").append(outcome));
    event
        .field("message")
        .or(() -> event.field("errors"))
        .ifPresent(why -> text.append(" (").append(why).append(')'));
    return Truncation.text(Printable.of(text.toString()));
  }
}
