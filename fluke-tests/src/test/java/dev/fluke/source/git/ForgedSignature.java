package dev.fluke.source.git;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Base64;

/** A signature in the format of OpenSSH with whatever in its fields. */
final class ForgedSignature {
  private int version = 1;
  private final byte[] key;
  private String namespace = "git";
  private String hash = "sha512";
  private String algorithm;
  private byte[] bytes = new byte[64];
  private byte[] after = new byte[0];

  /**
   * By this key.
   *
   * @param publicKey its type and base64
   */
  ForgedSignature(String publicKey) {
    this.algorithm = publicKey.split(" ", -1)[0];
    this.key = Base64.getDecoder().decode(publicKey.split(" ", -1)[1]);
  }

  ForgedSignature version(int other) {
    version = other;
    return this;
  }

  ForgedSignature namespace(String other) {
    namespace = other;
    return this;
  }

  ForgedSignature hash(String other) {
    hash = other;
    return this;
  }

  ForgedSignature bytes(String ofAlgorithm, byte[] other) {
    algorithm = ofAlgorithm;
    bytes = other;
    return this;
  }

  ForgedSignature after(byte[] other) {
    after = other;
    return this;
  }

  /** What the key signs for a message with this hash. */
  byte[] toSign(byte[] hashOfMessage) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("SSHSIG".getBytes(US_ASCII));
    out.writeBytes(string(namespace));
    out.writeBytes(string(""));
    out.writeBytes(string(hash));
    out.writeBytes(string(hashOfMessage));
    return out.toByteArray();
  }

  String armored() {
    ByteArrayOutputStream signature = new ByteArrayOutputStream();
    signature.writeBytes(string(algorithm));
    signature.writeBytes(string(bytes));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("SSHSIG".getBytes(US_ASCII));
    out.writeBytes(ByteBuffer.allocate(4).putInt(version).array());
    out.writeBytes(string(key));
    out.writeBytes(string(namespace));
    out.writeBytes(string(""));
    out.writeBytes(string(hash));
    out.writeBytes(string(signature.toByteArray()));
    out.writeBytes(after);
    return armored(out.toByteArray());
  }

  static String armored(byte[] blob) {
    String base64 = Base64.getMimeEncoder(70, new byte[] {'\n'}).encodeToString(blob);
    return "-----BEGIN SSH SIGNATURE-----\n" + base64 + "\n-----END SSH SIGNATURE-----\n";
  }

  static byte[] string(String text) {
    return string(text.getBytes(US_ASCII));
  }

  static byte[] string(byte[] bytes) {
    return ByteBuffer.allocate(4 + bytes.length).putInt(bytes.length).put(bytes).array();
  }
}
