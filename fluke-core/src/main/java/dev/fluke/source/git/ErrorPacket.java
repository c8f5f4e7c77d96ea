package dev.fluke.source.git;

import dev.fluke.command.Mask;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;

/**
 * The packet with which a Git server refuses (gitprotocol-pack(5), {@code ERR}). Its text is for
 * people and may repeat the credentials; JGit logs it. No other byte of a response is changed, even
 * if a branch is named as the password is.
 */
final class ErrorPacket {
  private static final String SERVICE = "# service=";
  private static final String ERROR = "ERR ";
  private static final int HEADER = 4;

  private ErrorPacket() {}

  /** The same response; if it begins with an error, without the secrets in its text. */
  static InputStream masked(InputStream response, Mask mask) throws IOException {
    ByteArrayOutputStream before = new ByteArrayOutputStream();
    while (true) {
      byte[] header = response.readNBytes(HEADER);
      int length = length(header);
      byte[] beginning =
          length > HEADER ? response.readNBytes(Math.min(10, length - HEADER)) : header;
      String text = length > HEADER ? new String(beginning, StandardCharsets.ISO_8859_1) : "";
      if (text.startsWith(ERROR)) {
        byte[] rest = response.readNBytes(length - HEADER - beginning.length);
        before.write(packet(mask, beginning, rest));
        return together(before, response);
      }
      before.write(header);
      if (length > HEADER) {
        before.write(beginning);
      }
      if (text.startsWith(SERVICE)) {
        before.write(response.readNBytes(length - HEADER - beginning.length));
      } else if (length != 0) {
        return together(before, response); // neither the service nor the flush after it
      }
    }
  }

  private static InputStream together(ByteArrayOutputStream before, InputStream response) {
    return new SequenceInputStream(new ByteArrayInputStream(before.toByteArray()), response);
  }

  /** The length in a header, with the header itself; -1 if it is none. */
  private static int length(byte[] header) {
    String digits = new String(header, StandardCharsets.ISO_8859_1);
    return digits.matches("[0-9a-fA-F]{4}") ? Integer.parseInt(digits, 16) : -1;
  }

  private static byte[] packet(Mask mask, byte[] beginning, byte[] rest) {
    byte[] whole = new byte[beginning.length + rest.length];
    System.arraycopy(beginning, 0, whole, 0, beginning.length);
    System.arraycopy(rest, 0, whole, beginning.length, rest.length);
    String text = new String(whole, StandardCharsets.UTF_8).substring(ERROR.length());
    byte[] masked = (ERROR + mask.hide(text)).getBytes(StandardCharsets.UTF_8);
    int kept = Math.min(masked.length, 0xfff0 - HEADER); // a packet can't be longer
    byte[] packet = new byte[HEADER + kept];
    byte[] header = "%04x".formatted(packet.length).getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(header, 0, packet, 0, HEADER);
    System.arraycopy(masked, 0, packet, HEADER, kept);
    return packet;
  }
}
