package dev.fluke.transport;

import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The marks around one command's output: 128 random bits each, so that output does not look like a
 * mark by accident. The ended mark stands in no argument and in no environment.
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

  List<String> all() {
    return List.of(begun, bySudo, ended, locked);
  }

  String printBegun() {
    return "printf %s " + begun;
  }

  /** These, but with another mark for a command that did not begin for lack of the lock. */
  FrameMarkers withLocked(String other) {
    return new FrameMarkers(begun, ended, other, bySudo);
  }

  /** The same script, in which the ended mark does not stand in one piece: it is an argument. */
  String asArgument(String script) {
    return script.replace(ended, inTwoPieces(ended));
  }

  /** A mark as a shell's word that does not show it. */
  static String inTwoPieces(String mark) {
    int half = mark.length() / 2;
    return mark.substring(0, half) + "''" + mark.substring(half);
  }

  String printBySudo() {
    return "printf %s " + bySudo;
  }
}
