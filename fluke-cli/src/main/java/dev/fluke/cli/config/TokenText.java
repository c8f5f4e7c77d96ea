package dev.fluke.cli.config;

import dev.fluke.cli.access.Credentials;
import dev.fluke.command.Secret;

/** The text of a token for the API over TCP: fit for a header, and too long to be guessed. */
final class TokenText {
  private static final int SHORTEST = 32;

  private TokenText() {}

  /**
   * The token.
   *
   * @throws IllegalArgumentException if the text can't be one; the message does not show it
   */
  static Secret of(String text) {
    if (!Credentials.isToken(text)) {
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
