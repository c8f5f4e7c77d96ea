package dev.fluke.ssh;

import static java.util.Objects.requireNonNull;

import dev.fluke.text.Printable;
import java.time.Duration;
import java.util.regex.Pattern;

/** What users hand in, looked at when it is handed in. */
final class SshArguments {
  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9._-]*)|[0-9A-Fa-f:.]+(%\\w+)?");
  private static final Pattern USER = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._@\\\\-]*\\$?");
  private static final Pattern FINGERPRINT = Pattern.compile("SHA256:[A-Za-z0-9+/]{43}=?");

  private SshArguments() {}

  static String host(String host) {
    if (!HOST.matcher(requireNonNull(host, "host")).matches() || host.length() > 253) {
      throw new IllegalArgumentException(
          "'"
              + Printable.of(host)
              + "' is no name or address of a host; users, ports and options"
              + " have methods of their own");
    }
    return host;
  }

  static String user(String user) {
    if (!USER.matcher(requireNonNull(user, "user")).matches() || user.length() > 128) {
      throw new IllegalArgumentException("'" + Printable.of(user) + "' is no name of a user");
    }
    return user;
  }

  static String fingerprint(String text) {
    if (!FINGERPRINT.matcher(requireNonNull(text, "fingerprint")).matches()) {
      throw new IllegalArgumentException(
          "'"
              + Printable.of(text)
              + "' is no fingerprint; it reads SHA256:… as ssh-keygen -l prints it");
    }
    return text.endsWith("=") ? text.substring(0, text.length() - 1) : text;
  }

  static Duration moreThanZero(Duration time, String what) {
    if (requireNonNull(time, "time").isNegative() || time.isZero()) {
      throw new IllegalArgumentException(what + " is " + time + ", must be more than zero");
    }
    return time;
  }
}
