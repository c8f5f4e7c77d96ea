package dev.fluke.alert;

import dev.fluke.event.Event;
import dev.fluke.text.Printable;
import java.util.List;
import java.util.Map;

/** An alert's event in one line for people: printable, and at most 2 KiB long. */
final class AlertSummary {
  private static final int LONGEST = 2 * 1024; // characters, at most 8 KiB

  private AlertSummary() {}

  /** The same, and more lines with what differs. */
  static String textOf(Event event) {
    StringBuilder text = new StringBuilder(of(event));
    event.field("remark").ifPresent(remark -> text.append('\n').append(Printable.of(remark)));
    if (event.fields().get("steps") instanceof List<?> steps) {
      for (Object step : steps) {
        if (step instanceof Map<?, ?> one && one.get("differences") instanceof List<?> all) {
          all.forEach(each -> append(text, "step '" + one.get("name") + "': " + each));
        }
      }
    }
    return Printable.shortened(text.toString(), LONGEST);
  }

  private static void append(StringBuilder text, String lines) {
    lines.lines().forEach(line -> text.append('\n').append(Printable.of(line)));
  }

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
