package dev.fluke.text;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The text of a throwable for reports, events and logs: one printable line. */
public final class ErrorText {
  private static final int LONGEST = 500;
  private static final int MOST_CAUSES = 5;

  private ErrorText() {}

  /**
   * The message of one of Fluke's exceptions; the type and message of any other. A linkage error
   * says where the class is from.
   */
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
    String line = Printable.lastLineOf(text, LONGEST);
    return t instanceof LinkageError
        ? line + Library.problemBehind(t).map(problem -> "; " + problem).orElse("")
        : line;
  }

  /** The same, and then what caused it, from the outermost cause in. */
  public static String withCauses(Throwable t) {
    return withCauses(t, UnaryOperator.identity());
  }

  /** The same, with the secrets hidden that the messages have. */
  public static String withCauses(Throwable t, UnaryOperator<String> hide) {
    StringBuilder text = new StringBuilder(of(t, hide));
    Throwable cause = causeOf(t);
    for (int i = 0; i < MOST_CAUSES && cause != null; i++) {
      text.append("; caused by ").append(of(cause, hide));
      cause = causeOf(cause);
    }
    return text.toString();
  }

  /**
   * Stands for a throwable in a log: its class, message, stack trace and causes, with the secrets
   * hidden that the messages have.
   *
   * @param hide gives a text without its secrets
   */
  public static Throwable masked(Throwable t, UnaryOperator<String> hide) {
    return masked(t, hide, MOST_CAUSES);
  }

  private static Throwable masked(Throwable t, UnaryOperator<String> hide, int causes) {
    String message = messageOf(t);
    String text = t.getClass().getName() + (message == null ? "" : ": " + hide.apply(message));
    Throwable cause = causeOf(t);
    Throwable shown = cause == null || causes == 0 ? null : masked(cause, hide, causes - 1);
    Masked masked = new Masked(text, shown);
    masked.setStackTrace(t.getStackTrace());
    return masked;
  }

  /** Prints as another throwable does: the class is that one's, and part of the text. */
  @SuppressWarnings("OverrideThrowableToString")
  private static final class Masked extends Throwable {
    private static final long serialVersionUID = 1L;

    Masked(String text, @Nullable Throwable cause) {
      super(text, cause);
    }

    @Override
    public String toString() {
      return String.valueOf(getMessage());
    }
  }

  private static @Nullable Throwable causeOf(Throwable t) {
    try {
      return t.getCause();
    } catch (Throwable broken) { // user code, as messageOf
      return null;
    }
  }

  private static @Nullable String messageOf(Throwable t) {
    try {
      return t.getMessage();
    } catch (Throwable broken) { // user code: a broken getMessage() must not hide the failure
      return null;
    }
  }
}
