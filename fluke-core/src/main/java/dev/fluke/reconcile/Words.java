package dev.fluke.reconcile;

import dev.fluke.command.Mask;
import dev.fluke.text.Printable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How things are put for people. */
final class Words {
  private Words() {}

  /** Such as {@code 1 h 30 min}, {@code 90 s} or {@code 20 ms}: at most two units. */
  static String duration(Duration duration) {
    if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
      return duration.toMillis() + " ms";
    }
    List<String> parts = new ArrayList<>();
    add(parts, duration.toDays(), "d");
    add(parts, duration.toHoursPart(), "h");
    add(parts, duration.toMinutesPart(), "min");
    add(parts, duration.toSecondsPart(), "s");
    return String.join(" ", parts.subList(0, Math.min(2, parts.size())));
  }

  /** What a throwable says, on one line. */
  static String of(Throwable t) {
    return of(t, new Mask());
  }

  /** What a throwable says, on one line, without the secrets that this hides. */
  static String of(Throwable t, Mask mask) {
    String message = messageOf(t);
    message = message == null ? null : mask.hide(message);
    Class<?> type = t.getClass();
    boolean ours = type.getName().startsWith("dev.fluke.");
    String name = type.getSimpleName().isEmpty() ? type.getName() : type.getSimpleName();
    String text =
        ours && message != null ? message : name + (message == null ? "" : ": " + message);
    return Printable.lastLineOf(text, 500);
  }

  private static @Nullable String messageOf(Throwable t) {
    try {
      return t.getMessage();
    } catch (Throwable broken) { // it is somebody's code, and must not hurt who reports it
      return null;
    }
  }

  private static void add(List<String> parts, long amount, String unit) {
    if (amount > 0) {
      parts.add(amount + " " + unit);
    }
  }
}
