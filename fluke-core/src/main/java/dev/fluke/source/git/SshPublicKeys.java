package dev.fluke.source.git;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** Reads what follows the type in a public key of SSH. */
final class SshPublicKeys {
  private static final int SHORTEST_RSA = 2048;
  private static final int LONGEST_RSA = 16_384;
  private static final int LENGTH_OF_ED25519 = 32;

  /** RFC 8410: what stands before the 32 bytes in the form that the JDK reads. */
  private static final byte[] ED25519 = HexFormat.of().parseHex("302a300506032b6570032100");

  private SshPublicKeys() {}

  static PublicKey read(SshKeyType type, SshWire wire) throws SshFormatException {
    try {
      return switch (type) {
        case ED25519 -> ed25519(wire.string());
        case RSA -> rsa(wire.integer(), wire.integer());
        case P256, P384, P521 -> ecdsa(type, wire);
      };
    } catch (GeneralSecurityException e) {
      throw new SshFormatException("is not a valid key of type " + type.sshName(), e);
    }
  }

  private static PublicKey ed25519(byte[] point)
      throws GeneralSecurityException, SshFormatException {
    if (point.length != LENGTH_OF_ED25519) {
      throw new SshFormatException("has %d bytes instead of 32".formatted(point.length));
    }
    byte[] encoded = Arrays.copyOf(ED25519, ED25519.length + point.length);
    System.arraycopy(point, 0, encoded, ED25519.length, point.length);
    return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
  }

  private static PublicKey rsa(BigInteger exponent, BigInteger modulus)
      throws GeneralSecurityException, SshFormatException {
    int bits = modulus.bitLength();
    if (bits < SHORTEST_RSA || bits > LONGEST_RSA) {
      throw new SshFormatException(
          "is an RSA key of %d bits; from %d to %d are accepted"
              .formatted(bits, SHORTEST_RSA, LONGEST_RSA));
    }
    return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
  }

  /** RFC 5656, 3.1: the name of the curve, and a point that is not compressed. */
  private static PublicKey ecdsa(SshKeyType type, SshWire wire)
      throws GeneralSecurityException, SshFormatException {
    String curve = wire.text();
    byte[] point = wire.string();
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec(type.curve()));
    ECParameterSpec spec = parameters.getParameterSpec(ECParameterSpec.class);
    int length = (spec.getCurve().getField().getFieldSize() + 7) / 8;
    boolean isWhole = point.length == 1 + 2 * length && point[0] == 4;
    if (!isWhole || !type.sshName().endsWith("-" + curve)) {
      throw new SshFormatException("is not a valid key of type " + type.sshName());
    }
    BigInteger x = new BigInteger(1, Arrays.copyOfRange(point, 1, 1 + length));
    BigInteger y = new BigInteger(1, Arrays.copyOfRange(point, 1 + length, point.length));
    return KeyFactory.getInstance("EC")
        .generatePublic(new ECPublicKeySpec(new ECPoint(x, y), spec));
  }
}
