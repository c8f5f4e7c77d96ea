package dev.fluke.source.git;

import dev.fluke.command.Mask;
import dev.fluke.command.Secret;
import dev.fluke.source.SourceUnavailableException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Credentials for HTTP.
 *
 * @param user the user's name; empty for a bearer token
 * @param secret the password or the token
 */
record GitCredentials(Optional<String> user, Secret secret) {

  /** The same with the current value of the secret, which stays the same for a whole poll. */
  GitCredentials resolved() throws SourceUnavailableException {
    String value;
    try {
      value = secret.reveal();
    } catch (RuntimeException e) { // its message may contain a secret
      throw SourceUnavailableException.because(
          "the secret of the credentials is unavailable: its supplier threw "
              + e.getClass().getSimpleName());
    }
    if (value.isEmpty() || !value.chars().allMatch(this::canBeSent)) {
      throw SourceUnavailableException.because(
          "the secret of the credentials "
              + (value.isEmpty()
                  ? "is empty"
                  : "has a line break or another character that can't be sent; strip it"));
    }
    return new GitCredentials(user, Secret.of(value));
  }

  /** RFC 6750 allows visible ASCII in a token; RFC 7617 no control characters in a password. */
  private boolean canBeSent(int c) {
    return user.isPresent() ? c >= ' ' && c != 0x7f : c > ' ' && c < 0x7f;
  }

  /** The value of the header Authorization (RFC 7617, RFC 6750). */
  String header() {
    return user.isPresent() ? "Basic " + encoded() : "Bearer " + secret.reveal();
  }

  private String encoded() {
    byte[] both = (user.orElse("") + ":" + secret.reveal()).getBytes(StandardCharsets.UTF_8);
    return Base64.getEncoder().encodeToString(both);
  }

  /** Hides the secret in messages, should a server send it back, as it is or as it was sent. */
  Mask mask() {
    Mask mask = new Mask();
    mask.learn(secret);
    mask.learn(Secret.of(encoded()));
    return mask;
  }
}
