package dev.fluke.ssh;

import static java.util.Objects.requireNonNull;

import com.google.common.net.InetAddresses;
import dev.fluke.files.internal.ThisUser;
import dev.fluke.text.Durations;
import dev.fluke.text.Library;
import dev.fluke.text.Printable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/**
 * Checks what the application passes to {@link Ssh}, so that a wrong value fails where it is set.
 */
final class SshArguments {
  private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*");
  private static final Pattern ZONE = Pattern.compile("%\\w+$");
  private static final Pattern USER = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._@\\\\-]*\\$?");
  private static final Pattern FINGERPRINT = Pattern.compile("SHA256:[A-Za-z0-9+/]{43}=?");

  /** These rely on SHA-1. */
  static final List<String> OLD_MACS = List.of("hmac-sha1-etm@openssh.com", "hmac-sha1");

  private static final AtomicBoolean LIBRARY_FITS = new AtomicBoolean(); // asked once, not per host

  private SshArguments() {}

  /** JSch of another origin has the same packages, and lacks what Fluke calls. */
  static void requireLibrary() {
    if (!LIBRARY_FITS.get()) {
      Library.JSCH
          .problem(SshArguments.class.getClassLoader())
          .ifPresent(
              problem -> {
                throw new IllegalStateException(problem);
              });
      LIBRARY_FITS.set(true);
    }
  }

  /**
   * A file in the home directory.
   *
   * @throws IllegalArgumentException if the home directory is unknown
   */
  static Path inHome(String path) {
    return ThisUser.home()
        .map(home -> home.resolve(path))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    ThisUser.NO_HOME + "; name the file ~/" + path + " by its absolute path"));
  }

  static String host(String host) {
    if (!isHost(requireNonNull(host, "host")) || host.length() > 253) {
      throw new IllegalArgumentException(
          "'%s' is not a host name or IP address; set user, port and options with their methods"
              .formatted(Printable.of(host)));
    }
    return host;
  }

  /** A zone, as in {@code fe80::1%eth0}, is not part of the address for Guava's older versions. */
  private static boolean isHost(String host) {
    return HOST_NAME.matcher(host).matches()
        || (host.contains(":") && InetAddresses.isInetAddress(ZONE.matcher(host).replaceFirst("")));
  }

  static int port(int port, String host) {
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException(
          "port %d of %s must be between 1 and 65535".formatted(port, host));
    }
    return port;
  }

  static String user(String user) {
    if (!USER.matcher(requireNonNull(user, "user")).matches() || user.length() > 128) {
      throw new IllegalArgumentException("'%s' is not a user name".formatted(Printable.of(user)));
    }
    return user;
  }

  /** Without the padding that some tools print. */
  static String fingerprint(String text) {
    if (!FINGERPRINT.matcher(requireNonNull(text, "fingerprint")).matches()) {
      throw new IllegalArgumentException(
          "'%s' is not a fingerprint; copy it from ssh-keygen -l, as in SHA256:…"
              .formatted(Printable.of(text)));
    }
    return text.endsWith("=") ? text.substring(0, text.length() - 1) : text;
  }

  /** One that is off by default. */
  static String mac(String name) {
    if (!OLD_MACS.contains(requireNonNull(name, "name"))) {
      throw new IllegalArgumentException(
          "'%s' can't be named; %s are off by default and can be"
              .formatted(Printable.of(name), String.join(" and ", OLD_MACS)));
    }
    return name;
  }

  static Duration positive(Duration time, String what) {
    Durations.problem(requireNonNull(time, "time"))
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException("%s is %s, %s".formatted(what, time, problem));
            });
    return time;
  }
}
