package dev.fluke.cli.config;

import dev.fluke.command.Secret;
import java.util.regex.Pattern;

/** The text of a token for the API over TCP: fit for a header, and too long to be guessed. */
public final class TokenText {
  private static final Pattern HEADER = Pattern.compile("[\\x21-\\x7e]+");
  private static final int SHORTEST = 32;

  private TokenText() {}

  /** Whether the text can be a token in a header: printable ASCII without spaces. */
  public static boolean isToken(String text) {
    return HEADER.matcher(text).matches();
  }

  /**
   * The token.
   *
   * @throws IllegalArgumentException if the text can't be one; the message does not show it
   */
  static Secret of(String text) {
    if (!isToken(text)) {
      throw new IllegalArgumentException("must be printable ASCII without spaces");
    }
    if (text.length() < SHORTEST) {
      throw new IllegalArgumentException(
          "has %d characters, at least %d are required; 'openssl rand -hex 32' prints a token"
              .formatted(text.length(), SHORTEST));
    }
    return Secret.of(text);
  }
}
