package dev.fluke.cli.command;

import dev.fluke.text.Printable;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
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
