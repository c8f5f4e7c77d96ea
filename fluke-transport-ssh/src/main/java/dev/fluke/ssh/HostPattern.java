package dev.fluke.ssh;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import java.util.Locale;

/**
 * Matches hosts against the patterns of one line of known hosts: {@code *}, {@code ?} and, for
 * exceptions, {@code !}. JSch compares plain and hashed names only.
 */
final class HostPattern {
  private static final CharMatcher WILDCARDS = CharMatcher.anyOf("*?!");
  private static final Splitter LIST = Splitter.on(',');
  private static final char END = '\0'; // no host has it

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

  /** Tries only the last star again, which is enough: its time is at most length times length. */
  private static boolean matchesOne(String given, String name) {
    String pattern = given.toLowerCase(Locale.ROOT);
    String host = name.toLowerCase(Locale.ROOT);
    int p = 0;
    int star = -1;
    int resume = 0;
    for (int h = 0; h < host.length(); ) {
      char wanted = p < pattern.length() ? pattern.charAt(p) : END;
      if (wanted == '*') {
        star = p++;
        resume = h;
      } else if (wanted == '?' || wanted == host.charAt(h)) {
        p++;
        h++;
      } else if (star >= 0) {
        p = star + 1;
        h = ++resume;
      } else {
        return false;
      }
    }
    return CharMatcher.is('*').matchesAllOf(pattern.substring(p));
  }
}
