package dev.fluke.cli.command;

import dev.fluke.text.Printable;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Formats values for people and for URLs. */
final class DisplayText {
  private DisplayText() {}

  /** {@code 1 task}, {@code 2 tasks}. */
  static String count(int number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }

  /** A timestamp without fractions of a second. */
  static String seconds(String time) {
    return time.replaceFirst("\\.\\d+Z$", "Z");
  }

  /** Encoded for a segment of a path or a value of a query. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** The reason of a failed file operation, without class names of Java. */
  static String why(IOException error) {
    if (error instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (error instanceof NoSuchFileException) {
      return "no such file or directory";
    }
    if (error instanceof FileSystemException file && file.getReason() != null) {
      return file.getReason();
    }
    return String.valueOf(error.getMessage());
  }

  /** Prints what differs line by line, below the name of each step that has such differences. */
  static void differences(Terminal to, List<Map<String, Object>> tasks) {
    for (Map<String, Object> task : tasks) {
      for (Map<String, Object> step : ApiJson.all(task, "steps")) {
        List<String> lines = ApiJson.differingLines(step);
        if (!lines.isEmpty()) {
          to.out().println();
          to.out().println(stepOf(task, step) + ":");
          lines.forEach(line -> to.out().println("  " + line));
        }
      }
    }
  }

  /** Prints what failed applies printed, as far as the report has it. */
  static void outputs(Terminal to, List<Map<String, Object>> tasks) {
    for (Map<String, Object> task : tasks) {
      for (Map<String, Object> step : ApiJson.all(task, "steps")) {
        String text = ApiJson.text(step, "output");
        if (!text.isEmpty()) {
          to.out().println();
          to.out().println(stepOf(task, step) + " printed:");
          indented(to, text);
        }
      }
    }
  }

  /** Prints what a command on a host printed. */
  static void indented(Terminal to, String text) {
    text.lines().forEach(line -> to.out().println("  " + Printable.of(line)));
  }

  /** {@code step 'config' of task 'nginx' on web-01}. */
  static String stepOf(Map<String, Object> task, Map<String, Object> step) {
    return Printable.of(
        "step '%s' of task '%s' on %s"
            .formatted(
                ApiJson.text(step, "step"),
                ApiJson.text(task, "task"),
                ApiJson.text(task, "agent")));
  }

  /** Why a task ended so, with the remark on it and the command that shows a failed run. */
  static String reason(Map<String, Object> task, String run) {
    List<String> all =
        new ArrayList<>(List.of(ApiJson.text(task, "reason"), ApiJson.text(task, "remark")));
    all.add(run.isEmpty() ? "" : "fluke get run " + run);
    all.removeIf(String::isEmpty);
    return String.join("; ", all);
  }

  /** Prints the {@code notes} of a response. */
  static void notes(Terminal to, Map<String, Object> response) {
    if (response.get("notes") instanceof List<?> notes) {
      notes.forEach(note -> note(to, note.toString()));
    }
  }

  /** Prints one note. Control characters are escaped. */
  static void note(Terminal to, String text) {
    to.out().println("note: " + Printable.of(text));
  }
}
