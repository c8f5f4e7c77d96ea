package dev.fluke.source.git;

import dev.fluke.text.Printable;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * A public key of SSH, and what it signed. Knows {@code ssh-ed25519} (RFC 8709), {@code ecdsa-sha2}
 * on P-256, P-384 and P-521 (RFC 5656), and {@code ssh-rsa} from 2048 bits with signatures {@code
 * rsa-sha2-256} and {@code -512} (RFC 8332), never SHA-1.
 */
final class SshKey {
  /** The names of all types of keys, also of those that are refused. */
  static final Pattern TYPE = Pattern.compile("(sk-)?(ssh|ecdsa)-[a-z0-9-]+(@openssh\\.com)?");

  private final SshKeyType type;
  private final byte[] blob;
  private final PublicKey key;

  private SshKey(SshKeyType type, byte[] blob, PublicKey key) {
    this.type = type;
    this.blob = blob;
    this.key = key;
  }

  /**
   * Reads a key from its binary form, which begins with its type.
   *
   * @throws SshFormatException if it is damaged, or of a type that is not accepted
   */
  static SshKey of(byte[] blob) throws SshFormatException {
    SshWire wire = new SshWire(blob);
    SshKeyType type = typeNamed(wire.text());
    PublicKey key = SshPublicKeys.read(type, wire);
    wire.end();
    return new SshKey(type, blob.clone(), key);
  }

  /** The type of this name; the message about another one says why it is not accepted. */
  static SshKeyType typeNamed(String name) throws SshFormatException {
    for (SshKeyType type : SshKeyType.values()) {
      if (type.sshName().equals(name)) {
        return type;
      }
    }
    String shown = Printable.shortened(name, 60);
    if (name.startsWith("sk-")) {
      throw new SshFormatException(
          "is of type '%s'; keys of security tokens (sk-) are not supported".formatted(shown));
    }
    if (name.contains("-cert-")) {
      throw new SshFormatException(
          "is of type '%s'; certificates are not supported".formatted(shown));
    }
    throw new SshFormatException(
        "is of type '%s'; use ssh-ed25519, ecdsa-sha2-nistp256, -384, -521 or ssh-rsa"
            .formatted(shown));
  }

  /** Whether a signature of the SSH format (type and bytes) by this key fits this data. */
  boolean verifies(byte[] signature, byte[] data) throws SshFormatException {
    SshWire wire = new SshWire(signature);
    String algorithm = wire.text();
    byte[] bytes = wire.string();
    wire.end();
    try {
      Signature verifier = Signature.getInstance(type.javaAlgorithm(algorithm));
      verifier.initVerify(key);
      verifier.update(data);
      return verifier.verify(type.javaSignature(key, bytes));
    } catch (GeneralSecurityException e) {
      throw new SshFormatException("is not a signature of its key", e);
    }
  }

  String type() {
    return type.sshName();
  }

  /** As {@code ssh-keygen -l} shows it. */
  String fingerprint() {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(blob);
      return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("each JDK has SHA-256", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SshKey key && Arrays.equals(blob, key.blob);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(blob);
  }

  /** Type and fingerprint. */
  @Override
  public String toString() {
    return type() + " " + fingerprint();
  }
}
