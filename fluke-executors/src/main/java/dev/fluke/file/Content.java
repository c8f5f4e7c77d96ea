package dev.fluke.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fluke.command.Command;
import dev.fluke.command.Digestible;
import dev.fluke.command.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The declared content of a file: bytes, or a secret text. Immutable. */
final class Content implements Digestible {
  private final transient byte[] bytes; // transient: serializers leave it out
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

  /**
   * A secret text.
   *
   * @throws IllegalArgumentException if it is at hand and too short to be masked
   */
  static Content of(Secret secret) {
    return new Content(new byte[0], secret.requireMaskable("the content of a file"), false);
  }

  /** The same content, which reports don't show. */
  Content hidden() {
    return new Content(bytes, secret, false);
  }

  /** What is masked; empty if reports show it, or if it is very short, or not text. */
  private Optional<Secret> hiddenText() {
    if (secret != null || shown) {
      return Optional.ofNullable(secret);
    }
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return Optional.of(Secret.of(text)).filter(Secret::isMaskable);
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  Content withSecrets(UnaryOperator<Secret> values) {
    return secret == null ? this : of(values.apply(secret));
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
    return hiddenText().map(command::stdin).orElseGet(() -> command.stdin(bytes));
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
    into.add(bytes).add(hiddenText()).add(shown);
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
