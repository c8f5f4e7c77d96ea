package dev.fluke.source;

import dev.fluke.command.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * How one logs in.
 *
 * @param user the name; empty for a bearer token
 * @param secret the password or the token
 */
record GitLogin(String user, Secret secret) {

  /** The value of the header Authorization (RFC 7617, RFC 6750). */
  String header() {
    return user.isEmpty() ? "Bearer " + secret.reveal() : "Basic " + encoded();
  }

  private String encoded() {
    byte[] both = (user + ":" + secret.reveal()).getBytes(StandardCharsets.UTF_8);
    return Base64.getEncoder().encodeToString(both);
  }

  /** The text without the secret, should a server have sent it back. */
  String masked(String text) {
    String plain = secret.reveal();
    String masked = text.replace(encoded(), "…");
    return plain.isEmpty() ? masked : masked.replace(plain, "…");
  }
}
