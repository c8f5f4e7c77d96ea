package dev.fluke.source.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.fluke.text.Printable;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;

/**
 * A signature in the format of {@code ssh-keygen -Y sign} (OpenSSH's {@code PROTOCOL.sshsig}), as
 * {@code sshsig.c} reads it: the armor begins with its first line, what follows the last line is
 * refused, and the version is 1.
 */
final class SshSignature {
  static final String BEGIN = "-----BEGIN SSH SIGNATURE-----";
  private static final String END = "\n-----END SSH SIGNATURE-----";
  private static final String MAGIC = "SSHSIG";
  private static final int VERSION = 1;

  private final SshKey key;
  private final String namespace;
  private final String hash;
  private final byte[] signature;

  private SshSignature(SshKey key, String namespace, String hash, byte[] signature) {
    this.key = key;
    this.namespace = namespace;
    this.hash = hash;
    this.signature = signature;
  }

  /** The key that it claims to be made with, which nobody has trusted yet. */
  SshKey key() {
    return key;
  }

  /** Reads a signature with its armor. */
  static SshSignature of(byte[] armored) throws SshFormatException {
    String text = new String(armored, ISO_8859_1);
    int end = text.indexOf(END);
    if (!text.matches("(?s)" + BEGIN + "\r?\n.*") || end < 0) {
      throw new SshFormatException("has no whole armor");
    }
    if (!text.substring(end + END.length()).isBlank()) {
      throw new SshFormatException("has more after its end, such as a second signature");
    }
    String base64 = text.substring(BEGIN.length(), end + 1).replaceAll("[ \t\r\n]", "");
    byte[] blob;
    try {
      blob = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new SshFormatException("is not valid base64", e);
    }
    return read(new SshWire(blob));
  }

  private static SshSignature read(SshWire wire) throws SshFormatException {
    wire.magic(MAGIC);
    int version = wire.number();
    if (version != VERSION) {
      throw new SshFormatException("has the unknown version " + version);
    }
    SshKey key = keyOf(wire.string());
    String namespace = wire.text();
    wire.string(); // reserved; the format says to ignore it
    String hash = wire.text();
    byte[] signature = wire.string();
    wire.end();
    return new SshSignature(key, namespace, hash, signature);
  }

  private static SshKey keyOf(byte[] blob) throws SshFormatException {
    try {
      return SshKey.of(blob);
    } catch (SshFormatException e) {
      throw new SshFormatException("is made by a key that " + e.getMessage(), e);
    }
  }

  /** Fails unless its key made it for this namespace over this message. */
  void verify(String expectedNamespace, byte[] message) throws SshFormatException {
    if (!namespace.equals(expectedNamespace)) {
      throw new SshFormatException(
          "is made for '%s', not for '%s'"
              .formatted(Printable.shortened(namespace, 60), expectedNamespace));
    }
    if (!key.verifies(signature, signed(expectedNamespace, message))) {
      throw new SshFormatException("does not fit what it is attached to");
    }
  }

  /** What the key signs: {@code PROTOCOL.sshsig}, 3. */
  private byte[] signed(String expectedNamespace, byte[] message) throws SshFormatException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(MAGIC.getBytes(US_ASCII));
    SshWire.append(out, expectedNamespace.getBytes(US_ASCII));
    SshWire.append(out, new byte[0]);
    SshWire.append(out, hash.getBytes(US_ASCII));
    SshWire.append(out, hashed(message));
    return out.toByteArray();
  }

  private byte[] hashed(byte[] message) throws SshFormatException {
    String algorithm =
        switch (hash) {
          case "sha256" -> "SHA-256";
          case "sha512" -> "SHA-512";
          default ->
              throw new SshFormatException(
                  "is made with the hash '%s'; sha256 and sha512 are accepted"
                      .formatted(Printable.shortened(hash, 60)));
        };
    try {
      return MessageDigest.getInstance(algorithm).digest(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("each JDK has " + algorithm, e);
    }
  }
}
