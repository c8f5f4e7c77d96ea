package dev.fluke.alert;

import dev.fluke.text.Printable;
import java.util.Locale;
import java.util.Set;

/** Which headers a post may have: none that ends before its line does, or that HTTP decides. */
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

  /** Its name as it is sent, if the application may set it. */
  static String name(String name) {
    String folded = name.toLowerCase(Locale.ROOT);
    if (folded.startsWith("webhook-")) {
      throw new IllegalArgumentException("the header " + name + " belongs to the signature");
    }
    if (OF_HTTP.contains(folded) || !folded.matches("[a-z0-9!#$%&'*+.^_`|~-]+")) {
      throw new IllegalArgumentException(
          "the header '"
              + Printable.of(name)
              + "' can't be set: HTTP decides it, or it is no name of a header");
    }
    return folded;
  }

  /** The value, if it can be sent; the message does not show it, as it may be a secret. */
  static String value(String name, String value) {
    if (!value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c <= '~'))) {
      throw new IllegalArgumentException(
          "the value of the header "
              + name
              + " has a line break, or another character that HTTP does not allow");
    }
    return value;
  }
}
