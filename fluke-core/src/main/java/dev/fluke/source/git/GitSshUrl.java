package dev.fluke.source.git;

import com.google.common.base.CharMatcher;
import com.google.common.net.InetAddresses;
import dev.fluke.net.internal.AddressKind;
import dev.fluke.text.Printable;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parts of an {@code ssh://} or {@code git@host:path} URL. Refuses parts that a program could
 * read as an option.
 *
 * @param path of the repository on the host, with percent escapes decoded
 */
record GitSshUrl(GitTransport.Place place, String path) {
  private static final Pattern SHORT =
      Pattern.compile("([^:/@\\s]*)@([^:/@\\s]*):(.*)", Pattern.DOTALL);
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][\\w.-]*");

  /** Whether the URL is meant as one, valid or not. */
  static boolean isOne(String url) {
    return SHORT.matcher(url).matches() || url.toLowerCase(Locale.ROOT).startsWith("ssh:");
  }

  /**
   * Parses the URL.
   *
   * @throws IllegalArgumentException if it is invalid
   */
  static GitSshUrl of(String url) {
    Matcher plain = SHORT.matcher(url);
    return plain.matches() ? of(plain.group(2), plain.group(1), -1, plain.group(3)) : of(uri(url));
  }

  private static URI uri(String url) {
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("is not a valid URL: " + Printable.of(e.getReason()), e);
    }
  }

  private static GitSshUrl of(URI uri) {
    String user = uri.getRawUserInfo();
    if (user != null && user.contains(":")) {
      throw new IllegalArgumentException(
          "has a password in its URL, which leaks into messages; set it with over(..)");
    }
    if (uri.getHost() == null) {
      throw new IllegalArgumentException("has no host");
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException("has a '?' or '#'; in a path they are %3F and %23");
    }
    String path = uri.getPath();
    return of(
        CharMatcher.anyOf("[]").removeFrom(uri.getHost()),
        user,
        uri.getPort(),
        path.startsWith("/~") ? path.substring(1) : path);
  }

  private static GitSshUrl of(String host, @Nullable String user, int port, String path) {
    if (!NAME.matcher(host).matches() && !isAddress(host)) {
      throw new IllegalArgumentException(
          host.isEmpty() ? "has no host" : "'%s' is not a valid host".formatted(host));
    }
    if (AddressKind.written(host) == AddressKind.FORBIDDEN) {
      throw new IllegalArgumentException(
          "has the host %s, which %s; no repository has one"
              .formatted(host, AddressKind.WHY_FORBIDDEN));
    }
    if (user != null && !NAME.matcher(user).matches()) {
      throw new IllegalArgumentException("'" + Printable.of(user) + "' is not a valid user");
    }
    if (port == 0 || port > 65535) {
      throw new IllegalArgumentException("port " + port + " is out of range");
    }
    if (path.isEmpty() || path.equals("/")) {
      throw new IllegalArgumentException("has no path");
    }
    if (path.matches("[-:](?s:.)*") || !Printable.of(path).equals(path)) {
      throw new IllegalArgumentException("'" + Printable.of(path) + "' is not a valid path");
    }
    return new GitSshUrl(
        new GitTransport.Place(
            host, Optional.ofNullable(user), port < 0 ? OptionalInt.empty() : OptionalInt.of(port)),
        path);
  }

  /** Without a zone, such as {@code %eth0}, which newer versions of the library would accept. */
  private static boolean isAddress(String host) {
    return !host.contains("%") && InetAddresses.isInetAddress(host);
  }
}
