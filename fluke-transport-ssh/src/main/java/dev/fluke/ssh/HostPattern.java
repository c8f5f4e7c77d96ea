package dev.fluke.ssh;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The hosts of one line of known hosts, where they are given by patterns: {@code *}, {@code ?} and,
 * for exceptions, {@code !}. JSch compares names only.
 */
final class HostPattern {
  private HostPattern() {}

  /** Whether these hosts are given by patterns, and this one is among them. */
  static boolean fits(String hosts, String host) {
    if (hosts.startsWith("|") || hosts.chars().noneMatch(c -> c == '*' || c == '?' || c == '!')) {
      return false; // hashed, or plain names
    }
    boolean among = false;
    for (String one : hosts.split(",", -1)) {
      boolean not = one.startsWith("!");
      if (pattern(not ? one.substring(1) : one).matcher(host.toLowerCase(Locale.ROOT)).matches()) {
        if (not) {
          return false;
        }
        among = true;
      }
    }
    return among;
  }

  private static Pattern pattern(String text) {
    StringBuilder regex = new StringBuilder();
    for (char c : text.toLowerCase(Locale.ROOT).toCharArray()) {
      regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
    }
    return Pattern.compile(regex.toString());
  }
}
