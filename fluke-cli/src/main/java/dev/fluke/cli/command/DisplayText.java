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

/** How things are put for people, and for URLs. */
final class DisplayText {
  private DisplayText() {}

  /** {@code 1 task}, {@code 2 tasks}. */
  static String count(int number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }

  /** A time to the second, which is enough for a table. */
  static String seconds(String time) {
    return time.replaceFirst("\\.\\d+Z$", "Z");
  }

  /** Fit for a part of a path or of a query. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** What the operating system said of a file, without the classes of Java. */
  static String why(IOException error) {
    if (error instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (error instanceof NoSuchFileException) {
      return "there is no such file or directory";
    }
    if (error instanceof FileSystemException file && file.getReason() != null) {
      return file.getReason();
    }
    return String.valueOf(error.getMessage());
  }

  /** Prints the notes of an answer. */
  static void notes(Terminal to, Map<String, Object> answer) {
    if (answer.get("notes") instanceof List<?> notes) {
      notes.forEach(note -> note(to, note.toString()));
    }
  }

  /** Prints what is worth knowing beside what was asked for. */
  static void note(Terminal to, String text) {
    to.out().println("note: " + Printable.of(text));
  }
}
