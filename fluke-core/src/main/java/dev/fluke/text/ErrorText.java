package dev.fluke.text;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The text of a throwable for reports, events and logs: one printable line. */
public final class ErrorText {
  private static final int LONGEST = 500;

  private ErrorText() {}

  /** The message of one of Fluke's exceptions; the type and message of any other. */
  public static String of(Throwable t) {
    return of(t, UnaryOperator.identity());
  }

  /**
   * The same, with the secrets hidden that its message has.
   *
   * @param hide gives a text without its secrets
   */
  public static String of(Throwable t, UnaryOperator<String> hide) {
    String message = messageOf(t);
    message = message == null ? null : hide.apply(message);
    Class<?> type = t.getClass();
    boolean ours = type.getName().startsWith("dev.fluke.");
    String name = type.getSimpleName().isEmpty() ? type.getName() : type.getSimpleName();
    String text =
        ours && message != null ? message : name + (message == null ? "" : ": " + message);
    return Printable.lastLineOf(text, LONGEST);
  }

  private static @Nullable String messageOf(Throwable t) {
    try {
      return t.getMessage();
    } catch (Throwable broken) { // user code: a broken getMessage() must not hide the failure
      return null;
    }
  }
}
