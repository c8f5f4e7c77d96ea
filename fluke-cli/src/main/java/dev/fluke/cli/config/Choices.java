package dev.fluke.cli.config;

import dev.fluke.text.DidYouMean;
import java.util.List;

/** What values of the config are made of. */
final class Choices {
  private Choices() {}

  static String oneOf(String text, List<String> known) {
    if (known.contains(text)) {
      return text;
    }
    throw new IllegalArgumentException(
        "is '"
            + text
            + "', must be one of "
            + String.join(", ", known)
            + DidYouMean.hintOr(text, known, ""));
  }
}
