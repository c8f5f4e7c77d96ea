package dev.fluke.command.internal;

import dev.fluke.command.Digestible;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Stands for the content of a value: two are equal if the values have the same parts. It can be
 * kept and compared without calling the value again. Its key lives in this process only, so nobody
 * can guess a secret from it. Immutable.
 */
public final class ValueDigest implements Digestible {
  private static final SecretKey KEY = new SecretKeySpec(randomKey(), DigestWriter.ALGORITHM);

  private final byte[] bytes;

  private ValueDigest(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * The digest of a value. Calls code of the value: accessors, {@code digestInto}, {@code equals},
   * suppliers of secrets.
   *
   * @param opaque numbers the parts that have no digest
   * @throws IllegalArgumentException if the value contains itself, or is too deep or too large
   */
  public static ValueDigest of(@Nullable Object value, OpaqueValues.Session opaque) {
    DigestWriter writer = DigestWriter.of(KEY, opaque);
    writer.write(value);
    return new ValueDigest(writer.end());
  }

  private static byte[] randomKey() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    return key;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ValueDigest that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public void digestInto(Digest into) {
    into.add(bytes);
  }

  /** Its first digits, for debugging. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes, 0, 8);
  }
}
