package dev.fluke.cli.config;

import dev.fluke.text.DidYouMean;
import java.util.List;

/** Parses values of the config. An invalid value is an {@link IllegalArgumentException}. */
final class ConfigValues {
  private ConfigValues() {}

  /** The text, if it is one of the choices. */
  static String oneOf(String text, List<String> choices) {
    if (choices.contains(text)) {
      return text;
    }
    throw new IllegalArgumentException(
        "is '%s', must be one of %s%s"
            .formatted(text, String.join(", ", choices), DidYouMean.hintOr(text, choices, "")));
  }

  /** A number from {@code least} to {@code most}, both inclusive. */
  static int number(String text, int least, int most) {
    if (text.matches("\\d{1,9}")) {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw new IllegalArgumentException(
        "is '%s', must be a number from %s to %s".formatted(text, least, most));
  }

  /** {@code true} or {@code false}. */
  static boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException("is '%s', must be true or false".formatted(text));
    };
  }
}
