package dev.fluke.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fluke.command.Command;
import dev.fluke.command.Digestible;
import dev.fluke.command.Secret;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The declared content of a file: bytes, or a secret text. Immutable. */
final class Content implements Digestible {
  private final byte[] bytes;
  private final @Nullable Secret secret;
  private final boolean shown;

  private Content(byte[] bytes, @Nullable Secret secret, boolean shown) {
    this.bytes = bytes;
    this.secret = secret;
    this.shown = shown;
  }

  static Content of(byte[] bytes) {
    return new Content(bytes.clone(), null, true);
  }

  static Content of(Secret secret) {
    return new Content(new byte[0], secret, false);
  }

  /** The same content, which reports don't show. */
  Content hidden() {
    return new Content(bytes, secret, false);
  }

  /** Whether reports may show it. */
  boolean isShown() {
    return shown;
  }

  byte[] bytes() {
    return secret == null ? bytes.clone() : secret.reveal().getBytes(UTF_8);
  }

  /** The same command with this content as its standard input. */
  Command feed(Command command) {
    return secret == null ? command.stdin(bytes) : command.stdin(secret);
  }

  /** The SHA-256 in lower-case hexadecimal digits, as {@code sha256sum} prints it. */
  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JVM lacks SHA-256", e);
    }
  }

  @Override
  public void digestInto(Digest into) {
    into.add(bytes).add(secret).add(shown);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Content that
        && Arrays.equals(bytes, that.bytes)
        && secret == that.secret
        && shown == that.shown;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }
}
