package dev.fluke.cli.command;

import dev.fluke.command.Printable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** How things are put for people, and for URLs. */
final class Words {
  private Words() {}

  /** {@code 1 task}, {@code 2 tasks}. */
  static String count(int number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }

  /** Fit for a part of a path or of a query. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Prints the notes of an answer. */
  static void notes(Terminal to, Map<String, Object> answer) {
    if (answer.get("notes") instanceof List<?> notes) {
      notes.forEach(note -> to.out().println("note: " + Printable.of(note.toString())));
    }
  }
}
