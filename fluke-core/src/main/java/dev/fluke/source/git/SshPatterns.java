package dev.fluke.source.git;

import java.util.List;

/**
 * A list of patterns as {@code ssh_config(5)}, PATTERNS, describes it and OpenSSH's {@code
 * match_pattern_list} reads it: separated by commas; {@code *} and {@code ?} are wildcards; one
 * that begins with {@code !} and matches refuses the text whatever else matches.
 */
record SshPatterns(String list) {

  /** Whether a pattern matches this text, and none refuses it. */
  boolean match(String text) {
    boolean matched = false;
    for (String pattern : list.split(",", -1)) {
      boolean isNegated = pattern.startsWith("!");
      if (matches(isNegated ? pattern.substring(1) : pattern, text)) {
        if (isNegated) {
          return false;
        }
        matched = true;
      }
    }
    return matched;
  }

  /** In time that grows with the product of both lengths, whatever the pattern. */
  private static boolean matches(String pattern, String text) {
    int at = 0;
    int star = -1;
    int resume = 0;
    int i = 0;
    while (i < text.length()) {
      char wanted = at < pattern.length() ? pattern.charAt(at) : 0;
      if (at < pattern.length() && wanted == '*') {
        star = at++;
        resume = i;
      } else if (at < pattern.length() && (wanted == '?' || wanted == text.charAt(i))) {
        at++;
        i++;
      } else if (star >= 0) {
        at = star + 1;
        i = ++resume;
      } else {
        return false;
      }
    }
    while (at < pattern.length() && pattern.charAt(at) == '*') {
      at++;
    }
    return at == pattern.length();
  }

  /** The patterns one by one, up to the first empty one, as {@code ssh-keygen} prints them. */
  List<String> each() {
    List<String> all = List.of(list.split(",", -1));
    int end = all.indexOf("");
    return end < 0 ? all : all.subList(0, end);
  }
}
