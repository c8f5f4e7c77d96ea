package dev.fluke.source.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Reads the binary format of SSH (RFC 4251, 5), where each string begins with its length. */
final class SshWire {
  private final ByteBuffer bytes;

  SshWire(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes);
  }

  /** Reads exactly these characters, which have no length before them. */
  void magic(String expected) throws SshFormatException {
    if (!Arrays.equals(take(expected.length()), expected.getBytes(US_ASCII))) {
      throw new SshFormatException("does not begin with " + expected);
    }
  }

  int number() throws SshFormatException {
    return ByteBuffer.wrap(take(Integer.BYTES)).getInt();
  }

  byte[] string() throws SshFormatException {
    return take(number());
  }

  String text() throws SshFormatException {
    return new String(string(), ISO_8859_1);
  }

  /** A number that is not negative. */
  BigInteger integer() throws SshFormatException {
    byte[] two = string();
    BigInteger value = two.length == 0 ? BigInteger.ZERO : new BigInteger(two);
    if (value.signum() < 0) {
      throw new SshFormatException("has a negative number");
    }
    return value;
  }

  /** Fails unless all was read. */
  void end() throws SshFormatException {
    if (bytes.hasRemaining()) {
      throw new SshFormatException("has %d bytes after its end".formatted(bytes.remaining()));
    }
  }

  private byte[] take(int length) throws SshFormatException {
    if (length < 0 || length > bytes.remaining()) {
      throw new SshFormatException("is cut off");
    }
    byte[] taken = new byte[length];
    bytes.get(taken);
    return taken;
  }

  /** Appends a string with its length. */
  static void append(ByteArrayOutputStream out, byte[] string) {
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(string.length).array());
    out.writeBytes(string);
  }
}
