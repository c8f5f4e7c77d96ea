package dev.fluke.cli.tls;

import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.util.List;

/** The kinds of keys that TLS may use: RSA from 2048 bits, P-256, P-384 and Ed25519. */
final class KeyKind {
  private static final int SHORTEST_RSA = 2048;
  private static final List<String> CURVES = List.of("secp256r1", "secp384r1");
  private static final byte[] PROBE = {1};

  private KeyKind() {}

  /**
   * Refuses other kinds.
   *
   * @param file the file with the key, for the message
   */
  static void check(Key key, Path file) throws GeneralSecurityException {
    if (!isStrong(key)) {
      throw refused(file, found(key));
    }
  }

  /** The refusal of a kind of key. */
  static InvalidKeyException refused(Path file, String found) {
    return new InvalidKeyException(
        "%s has %s; use RSA of 2048 bits or more, P-256, P-384 or Ed25519".formatted(file, found));
  }

  private static boolean isStrong(Key key) throws GeneralSecurityException {
    if (key instanceof RSAKey rsa) {
      return key.getAlgorithm().equals("RSA") && rsa.getModulus().bitLength() >= SHORTEST_RSA;
    }
    if (key instanceof ECKey ec) {
      for (String curve : CURVES) {
        if (isOn(ec.getParams(), curve)) {
          return true;
        }
      }
      return false;
    }
    return key instanceof EdECKey ed && isEd25519(ed);
  }

  private static boolean isEd25519(EdECKey key) {
    return key.getParams().getName().equals(NamedParameterSpec.ED25519.getName());
  }

  private static boolean isOn(ECParameterSpec params, String curve)
      throws GeneralSecurityException {
    AlgorithmParameters named = AlgorithmParameters.getInstance("EC");
    named.init(new ECGenParameterSpec(curve));
    ECParameterSpec wanted = named.getParameterSpec(ECParameterSpec.class);
    return params.getCurve().equals(wanted.getCurve())
        && params.getGenerator().equals(wanted.getGenerator())
        && params.getOrder().equals(wanted.getOrder())
        && params.getCofactor() == wanted.getCofactor();
  }

  private static String found(Key key) {
    if (key instanceof RSAKey rsa) {
      return "an %s key of %d bits".formatted(key.getAlgorithm(), rsa.getModulus().bitLength());
    }
    if (key instanceof ECKey ec) {
      return "an EC key of %d bits on another curve"
          .formatted(ec.getParams().getCurve().getField().getFieldSize());
    }
    return "a key for "
        + (key instanceof EdECKey ed ? ed.getParams().getName() : key.getAlgorithm());
  }

  /** Whether a signature of the private key is valid for the public key. */
  static boolean isPair(PrivateKey ours, PublicKey certified) throws GeneralSecurityException {
    if (!ours.getAlgorithm().equals(certified.getAlgorithm())) {
      return false;
    }
    String algorithm =
        switch (ours.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> "Ed25519";
        };
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(ours);
    signature.update(PROBE);
    byte[] signed = signature.sign();
    signature.initVerify(certified);
    signature.update(PROBE);
    return signature.verify(signed);
  }
}
