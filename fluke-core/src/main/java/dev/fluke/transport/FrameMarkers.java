package dev.fluke.transport;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * The marks around one command's output: 128 bits of chance each, so that output is not taken for
 * one by accident. The ended mark stands in no argument and in no environment.
 *
 * @param bySudo the begun mark of what sudo may still refuse, see {@link Sudo}
 */
record FrameMarkers(String begun, String ended, String locked, String bySudo) {

  static FrameMarkers fresh(RandomGenerator random) {
    return new FrameMarkers(
        "B" + nonce(random), "E" + nonce(random), "L" + nonce(random), "S" + nonce(random));
  }

  static String nonce(RandomGenerator random) {
    byte[] bits = new byte[16];
    random.nextBytes(bits);
    return HexFormat.of().formatHex(bits);
  }

  String printBegun() {
    return "printf %s " + begun;
  }

  /** The same script, in which the ended mark does not stand in one piece: it is an argument. */
  String asArgument(String script) {
    int half = ended.length() / 2;
    return script.replace(ended, ended.substring(0, half) + "''" + ended.substring(half));
  }

  String printBySudo() {
    return "printf %s " + bySudo;
  }
}
