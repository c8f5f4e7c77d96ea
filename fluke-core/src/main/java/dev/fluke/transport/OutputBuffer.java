package dev.fluke.transport;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that came from a shell and were not taken yet. Guarded by its session. */
final class OutputBuffer {
  private static final byte[] NONE = {};
  private static final int SMALL = 256;

  private byte[] bytes = NONE;
  private int from;
  private int to;
  private boolean ended;

  void add(byte[] more, int start, int length) {
    if (to + length > bytes.length) {
      int kept = to - from;
      byte[] target =
          kept + length > bytes.length
              ? new byte[Math.max(SMALL, Math.max(2 * kept, kept + length))]
              : bytes;
      System.arraycopy(bytes, from, target, 0, kept);
      bytes = target;
      from = 0;
      to = kept;
    }
    System.arraycopy(more, start, bytes, to, length);
    to += length;
  }

  void end() {
    ended = true;
  }

  boolean hasEnded() {
    return ended;
  }

  int size() {
    return to - from;
  }

  /** Where this text begins, counted from the first byte not taken; -1 if it is not there. */
  int find(String text, int start) {
    byte[] wanted = text.getBytes(StandardCharsets.US_ASCII);
    for (int i = from + Math.max(0, start); i + wanted.length <= to; i++) {
      if (bytes[i] == wanted[0]
          && Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i - from;
      }
    }
    return -1;
  }

  byte[] take(int length) {
    byte[] taken = Arrays.copyOfRange(bytes, from, from + length);
    from += length;
    if (from == to) {
      from = 0;
      to = 0;
      bytes = bytes.length > SMALL ? NONE : bytes; // an idle session keeps little
    }
    return taken;
  }

  /** Whether what came so far is the beginning of this text. */
  boolean couldBecome(String text) {
    byte[] wanted = text.getBytes(StandardCharsets.US_ASCII);
    int length = Math.min(size(), wanted.length);
    return Arrays.equals(bytes, from, from + length, wanted, 0, length);
  }

  /** The end of what is there, not taken. */
  byte[] last(int atMost) {
    return Arrays.copyOfRange(bytes, Math.max(from, to - atMost), to);
  }
}
