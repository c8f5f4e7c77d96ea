package dev.fluke.ssh;

import com.google.common.hash.Hashing;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A host's public key, as servers send it, in the forms that files and people use. */
final class HostKeyText {
  private HostKeyText() {}

  /** As in a file of known hosts. */
  static String base64(byte[] key) {
    return Base64.getEncoder().encodeToString(key);
  }

  /** Such as {@code ssh-ed25519}: the first string of the key, see RFC 4253, 6.6. */
  static String type(byte[] key) {
    int length = ByteBuffer.wrap(key).getInt();
    return new String(key, 4, Math.min(length, key.length - 4), StandardCharsets.US_ASCII);
  }

  /** As {@code ssh-keygen -l} prints it. */
  static String fingerprint(byte[] key) {
    byte[] hash = Hashing.sha256().hashBytes(key).asBytes();
    return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(hash);
  }
}
