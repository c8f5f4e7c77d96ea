package dev.fluke.source.git;

import dev.fluke.text.Printable;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;

/** The types of SSH keys that may sign, and how the JDK verifies their signatures. */
enum SshKeyType {
  /** RFC 8709. */
  ED25519("ssh-ed25519", "", ""),
  /** RFC 5656. */
  P256("ecdsa-sha2-nistp256", "secp256r1", "SHA256withECDSAinP1363Format"),
  /** RFC 5656. */
  P384("ecdsa-sha2-nistp384", "secp384r1", "SHA384withECDSAinP1363Format"),
  /** RFC 5656. */
  P521("ecdsa-sha2-nistp521", "secp521r1", "SHA512withECDSAinP1363Format"),
  /** RFC 4253 and 8332. */
  RSA("ssh-rsa", "", "");

  private final String sshName;
  private final String curve;
  private final String ecdsa;

  SshKeyType(String sshName, String curve, String ecdsa) {
    this.sshName = sshName;
    this.curve = curve;
    this.ecdsa = ecdsa;
  }

  String sshName() {
    return sshName;
  }

  /** The JDK's name of its curve; empty unless it is ECDSA. */
  String curve() {
    return curve;
  }

  /** The JDK's name for a signature algorithm of SSH, if keys of this type sign with it. */
  String javaAlgorithm(String ssh) throws SshFormatException {
    if (this == RSA) {
      return switch (ssh) {
        case "rsa-sha2-256" -> "SHA256withRSA";
        case "rsa-sha2-512" -> "SHA512withRSA";
        case "ssh-rsa" ->
            throw new SshFormatException("is made with SHA-1 (ssh-rsa), which is not safe");
        default -> throw otherAlgorithm(ssh);
      };
    }
    if (!ssh.equals(sshName)) {
      throw otherAlgorithm(ssh);
    }
    return this == ED25519 ? "Ed25519" : ecdsa;
  }

  private SshFormatException otherAlgorithm(String ssh) {
    return new SshFormatException(
        "is made with '%s', which keys of type %s do not sign with"
            .formatted(Printable.shortened(ssh, 60), sshName));
  }

  /** The signature in the form that the JDK verifies. */
  byte[] javaSignature(PublicKey key, byte[] ssh) throws SshFormatException {
    if (key instanceof RSAPublicKey rsa) {
      return padded(ssh, (rsa.getModulus().bitLength() + 7) / 8);
    }
    if (key instanceof ECPublicKey ec) {
      return halves(ssh, ec.getParams().getOrder());
    }
    return ssh;
  }

  /** RFC 5656, 3.1.2. Zero and what is not below the order are refused whatever the JDK does. */
  private static byte[] halves(byte[] ssh, BigInteger order) throws SshFormatException {
    SshWire wire = new SshWire(ssh);
    BigInteger r = wire.integer();
    BigInteger s = wire.integer();
    wire.end();
    for (BigInteger half : new BigInteger[] {r, s}) {
      if (half.signum() == 0 || half.compareTo(order) >= 0) {
        throw new SshFormatException("has a number out of range");
      }
    }
    int length = (order.bitLength() + 7) / 8;
    byte[] both = new byte[2 * length];
    System.arraycopy(padded(r.toByteArray(), length), 0, both, 0, length);
    System.arraycopy(padded(s.toByteArray(), length), 0, both, length, length);
    return both;
  }

  /** The number with zeros before it, or without them, so that it has this length. */
  private static byte[] padded(byte[] number, int length) throws SshFormatException {
    int from = 0;
    while (number.length - from > length && number[from] == 0) {
      from++;
    }
    int kept = number.length - from;
    if (kept > length) {
      throw new SshFormatException("is longer than its key");
    }
    byte[] padded = new byte[length];
    System.arraycopy(number, from, padded, length - kept, kept);
    return padded;
  }
}
