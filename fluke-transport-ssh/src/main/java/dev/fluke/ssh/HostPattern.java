package dev.fluke.ssh;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Matches servers against the list of hosts in one line of known hosts: names, patterns with {@code
 * *} and {@code ?}, exceptions with {@code !}, or one hashed name.
 */
final class HostPattern {
  private static final CharMatcher WILDCARDS = CharMatcher.anyOf("*?");
  private static final Splitter LIST = Splitter.on(',');
  private static final Splitter HASH = Splitter.on('|');
  private static final String HASHED = "|1|";
  private static final char END = '\0'; // no host has it

  private HostPattern() {}

  /** Whether the list includes the server, under one of its names. */
  static boolean matches(String list, HostNames server) {
    return server.all().stream().anyMatch(name -> matches(list, name));
  }

  /**
   * Whether the list may be meant for the server: it includes any spelling of its names, also with
   * wildcards, and makes no exception of a name as it is written.
   */
  static boolean isAbout(String list, HostNames server) {
    return matches(list, server)
        || server.all().stream().anyMatch(name -> includesASpelling(list, name));
  }

  private static boolean includesASpelling(String list, HostNames.Name name) {
    List<String> patterns = LIST.splitToList(list.toLowerCase(Locale.ROOT));
    return patterns.stream()
            .anyMatch(
                one ->
                    matchesOne(one, name)
                        || name.all().stream().anyMatch(spelling -> matchesOne(one, spelling)))
        && patterns.stream()
            .filter(one -> one.startsWith("!"))
            .noneMatch(one -> matchesOne(one.substring(1), name.text()));
  }

  /** Whether the list makes an exception of the server. */
  static boolean excludes(String list, HostNames server) {
    return LIST.splitToList(list.toLowerCase(Locale.ROOT)).stream()
        .filter(pattern -> pattern.startsWith("!"))
        .map(pattern -> pattern.substring(1))
        .anyMatch(pattern -> server.all().stream().anyMatch(name -> matchesOne(pattern, name)));
  }

  private static boolean matches(String list, HostNames.Name name) {
    if (list.startsWith("|")) {
      return name.all().stream().anyMatch(spelling -> isHashOf(list, spelling));
    }
    boolean included = false;
    for (String pattern : LIST.split(list.toLowerCase(Locale.ROOT))) {
      boolean excludes = pattern.startsWith("!");
      if (matchesOne(excludes ? pattern.substring(1) : pattern, name)) {
        if (excludes) {
          return false;
        }
        included = true;
      }
    }
    return included;
  }

  private static boolean matchesOne(String pattern, HostNames.Name name) {
    return WILDCARDS.matchesAnyOf(pattern)
        ? matchesOne(pattern, name.text())
        : name.all().contains(pattern) || name.all().contains(HostNames.canonical(pattern));
  }

  /** Tries only the last star again, which is enough: its time is at most length times length. */
  private static boolean matchesOne(String pattern, String host) {
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

  /** As {@code ssh-keygen -H} hashes: {@code |1|salt|HMAC-SHA1 of the name}. */
  private static boolean isHashOf(String hashed, String name) {
    List<String> parts = HASH.splitToList(hashed);
    if (!hashed.startsWith(HASHED) || parts.size() != 4) {
      return false;
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(Base64.getDecoder().decode(parts.get(2)), "HmacSHA1"));
      byte[] hash = mac.doFinal(name.getBytes(StandardCharsets.UTF_8));
      return MessageDigest.isEqual(hash, Base64.getDecoder().decode(parts.get(3)));
    } catch (IllegalArgumentException e) {
      return false; // not base64, or an empty salt
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no HmacSHA1", e);
    }
  }
}
