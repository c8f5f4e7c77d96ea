package dev.fluke.ssh;

import com.google.common.hash.Hashing;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** A host's public key, as servers send it, in the forms that files and people use. */
final class HostKeyText {
  private static final String CERTIFICATE = "-cert-v01@openssh.com";

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

  /**
   * The key in a file of known hosts, of a certificate the key that it certifies.
   *
   * @param type what the file says that it is
   * @return empty if it is not a key of this type
   */
  static Optional<byte[]> read(String type, String base64) {
    try {
      byte[] key = Base64.getDecoder().decode(base64);
      if (!type(key).equals(type)) {
        return Optional.empty();
      }
      return Optional.of(type.endsWith(CERTIFICATE) ? certified(key) : key);
    } catch (IllegalArgumentException | BufferUnderflowException | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  /** A certificate is its type, a nonce, the fields of the key, and then what is certified. */
  private static byte[] certified(byte[] certificate) {
    ByteBuffer from = ByteBuffer.wrap(certificate);
    String type = new String(string(from), StandardCharsets.US_ASCII);
    string(from);
    byte[] name = type.substring(0, type.indexOf(CERTIFICATE)).getBytes(StandardCharsets.US_ASCII);
    ByteBuffer key = ByteBuffer.allocate(certificate.length);
    put(key, name);
    for (int i = 0; i < fields(type); i++) {
      put(key, string(from));
    }
    byte[] all = new byte[key.position()];
    key.flip().get(all);
    return all;
  }

  private static int fields(String type) {
    return type.startsWith("ssh-ed") ? 1 : type.startsWith("ssh-dss") ? 4 : 2;
  }

  private static byte[] string(ByteBuffer from) {
    byte[] bytes = new byte[Math.min(Math.max(from.getInt(), 0), from.remaining())];
    from.get(bytes);
    return bytes;
  }

  private static void put(ByteBuffer into, byte[] string) {
    into.putInt(string.length).put(string);
  }
}
