package dev.fluke.ssh;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Matches hosts against the patterns of one line of known hosts: {@code *}, {@code ?} and, for
 * exceptions, {@code !}. JSch compares plain and hashed names only.
 */
final class HostPattern {
  private static final CharMatcher WILDCARDS = CharMatcher.anyOf("*?!");
  private static final Splitter LIST = Splitter.on(',');

  private HostPattern() {}

  /** Whether the list has patterns, and they include this host. */
  static boolean matches(String list, String host) {
    if (list.startsWith("|") || WILDCARDS.matchesNoneOf(list)) {
      return false; // hashed, or plain names: those are for JSch
    }
    boolean included = false;
    for (String pattern : LIST.split(list)) {
      boolean excludes = pattern.startsWith("!");
      if (matchesOne(excludes ? pattern.substring(1) : pattern, host)) {
        if (excludes) {
          return false;
        }
        included = true;
      }
    }
    return included;
  }

  private static boolean matchesOne(String pattern, String host) {
    StringBuilder regex = new StringBuilder();
    for (char c : pattern.toLowerCase(Locale.ROOT).toCharArray()) {
      regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
    }
    return Pattern.matches(regex.toString(), host.toLowerCase(Locale.ROOT));
  }
}
