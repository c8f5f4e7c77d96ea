package dev.fluke.alert;

import static java.util.Objects.requireNonNull;

import dev.fluke.net.internal.AddressKind;
import dev.fluke.text.Printable;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;

/**
 * Checks the URL of a webhook. It comes from the application, so loopback and private addresses are
 * allowed; addresses that no receiver has are refused.
 */
final class WebhookUrls {
  private WebhookUrls() {}

  /**
   * Returns the URL if a webhook may post to it.
   *
   * @throws IllegalArgumentException with the reason, and without the path, which may be a secret
   */
  static URI checked(String url) {
    URI parsed = parsed(url);
    String scheme = parsed.getScheme() == null ? "" : parsed.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw refused("it must begin with https:// or http://");
    }
    if (parsed.getRawUserInfo() != null) {
      throw refused("it contains a user; use header(\"Authorization\", …) instead");
    }
    if (parsed.getRawFragment() != null) {
      throw refused("it has a fragment (#…), which is not sent; leave it out");
    }
    String host = parsed.getHost();
    if (host == null) {
      throw refused(
          "its host is not valid; write a name of letters, digits and hyphens, or an address such"
              + " as 127.0.0.1 or [::1]");
    }
    if (parsed.getPort() == 0 || parsed.getPort() > 65_535) {
      throw refused("its port is not between 1 and 65535");
    }
    if (isAddress(host)) {
      requireUsable(host);
    }
    return URI.create(parsed.toASCIIString());
  }

  private static URI parsed(String url) {
    try {
      return new URI(requireNonNull(url, "url"));
    } catch (URISyntaxException e) {
      throw refused("it is not valid: " + Printable.of(e.getReason()));
    }
  }

  private static void requireUsable(String address) {
    try {
      requireUsable(address, List.of(InetAddress.getAllByName(address)));
    } catch (UnknownHostException e) {
      throw refused("its address is not valid");
    } catch (AlertRejectedException e) {
      throw refused(String.valueOf(e.getMessage()));
    }
  }

  private static IllegalArgumentException refused(String why) {
    return new IllegalArgumentException("the URL of a webhook: " + why);
  }

  /** Whether no name server is asked: {@code 2852039166} is an address, too. */
  private static boolean isAddress(String host) {
    return host.startsWith("[") || host.matches("[0-9.]+");
  }

  /** Refuses a host that has a link-local or multicast address, or one of a metadata service. */
  static void requireUsable(String host, List<InetAddress> addresses)
      throws AlertRejectedException {
    if (AddressKind.worst(addresses) == AddressKind.FORBIDDEN) {
      throw new AlertRejectedException(
          "%s %s; no receiver has one".formatted(host, AddressKind.WHY_FORBIDDEN));
    }
  }
}
