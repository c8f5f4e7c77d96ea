package dev.fluke.source;

import dev.fluke.command.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

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

  /** The same bytes with stars for the secret, should a server send it back; as many of them. */
  byte[] hidden(byte[] answer) {
    String text = new String(answer, StandardCharsets.ISO_8859_1);
    for (String form : List.of(encoded(), secret.reveal())) {
      String sent = new String(form.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
      text = sent.isEmpty() ? text : text.replace(sent, "*".repeat(sent.length()));
    }
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The text without the secret, should a server have sent it back. */
  String masked(String text) {
    String plain = secret.reveal();
    String masked = text.replace(encoded(), "…");
    return plain.isEmpty() ? masked : masked.replace(plain, "…");
  }
}
