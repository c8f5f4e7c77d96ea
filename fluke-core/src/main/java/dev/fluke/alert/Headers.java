package dev.fluke.alert;

import dev.fluke.text.Printable;
import java.util.Locale;
import java.util.Set;

/** Checks the headers that an application sets: none may forge another header, or break HTTP. */
final class Headers {
  private static final Set<String> OF_HTTP =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "keep-alive",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private Headers() {}

  /** Returns the name in lower case if an application may set this header. */
  static String name(String name) {
    String folded = name.toLowerCase(Locale.ROOT);
    if (folded.startsWith("webhook-")) {
      throw new IllegalArgumentException(
          "the header '%s' can't be set: webhook-… headers carry the signature"
              .formatted(Printable.of(name)));
    }
    if (OF_HTTP.contains(folded) || !folded.matches("[a-z0-9!#$%&'*+.^_`|~-]+")) {
      throw new IllegalArgumentException(
          "the header '%s' can't be set: HTTP sets it, or the name is not valid"
              .formatted(Printable.of(name)));
    }
    return folded;
  }

  /** Returns the value if HTTP allows it. It may be a secret, so the message does not show it. */
  static String value(String name, String value) {
    if (!value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c <= '~'))) {
      throw new IllegalArgumentException(
          "the value of the header %s has a line break, or another character that HTTP does not allow"
              .formatted(name));
    }
    return value;
  }
}
