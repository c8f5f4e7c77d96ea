package dev.fluke.alert;

import static java.util.Objects.requireNonNull;

import dev.fluke.text.Printable;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which URLs a webhook may have. They come from the application, so loopback and private addresses
 * are fine; what no receiver has is refused.
 */
final class WebhookUrls {
  /**
   * Metadata services that are not link-local: Google's over IPv6, Alibaba's, Oracle's, Azure's.
   */
  private static final Set<String> METADATA =
      Set.of("fd20:ce:0:0:0:0:0:254", "100.100.100.200", "192.0.0.192", "168.63.129.16");

  /** AWS's over IPv6, and its credentials, names and time. */
  private static final String AWS = "fd00:ec2:0:0:0:0:0:";

  private WebhookUrls() {}

  static URI checked(String url) {
    URI parsed;
    try {
      parsed = new URI(requireNonNull(url, "url"));
    } catch (URISyntaxException e) {
      throw refused("it is no URL: " + Printable.of(e.getReason()));
    }
    String scheme = parsed.getScheme() == null ? "" : parsed.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw refused("it must begin with https:// or http://");
    }
    if (parsed.getRawUserInfo() != null) {
      throw refused("it has a user in it; use header(\"Authorization\", …) instead");
    }
    if (parsed.getRawFragment() != null) {
      throw refused("it has a fragment (#…), which is not sent; leave it out");
    }
    String host = parsed.getHost();
    if (host == null) {
      throw refused(
          "its host can't be read; write a name of letters, digits and hyphens, or an address"
              + " as 127.0.0.1 or [::1]");
    }
    if (parsed.getPort() == 0 || parsed.getPort() > 65_535) {
      throw refused("its port is not between 1 and 65535");
    }
    if (isAddress(host)) {
      try {
        requireUsable(host, List.of(InetAddress.getAllByName(host)));
      } catch (UnknownHostException e) {
        throw refused("its address can't be read");
      } catch (AlertRejectedException e) {
        throw refused(String.valueOf(e.getMessage()));
      }
    }
    return URI.create(parsed.toASCIIString());
  }

  /** The path may be a secret, so it is not repeated. */
  private static IllegalArgumentException refused(String why) {
    return new IllegalArgumentException("the URL of a webhook: " + why);
  }

  private static boolean isAddress(String host) {
    return host.startsWith("[") || host.matches("[0-9.]+");
  }

  static List<InetAddress> addresses(String host) throws UnknownHostException {
    return List.of(InetAddress.getAllByName(host));
  }

  /** Refuses a host with a link-local address or one of a metadata service. */
  static void requireUsable(String host, List<InetAddress> addresses)
      throws AlertRejectedException {
    for (InetAddress address : addresses) {
      if (address.isLinkLocalAddress() || address.isMulticastAddress() || isMetadata(address)) {
        throw new AlertRejectedException(
            host + " is a link-local, multicast or metadata address; no receiver has one");
      }
    }
  }

  private static boolean isMetadata(InetAddress address) {
    String text = address.getHostAddress().replaceFirst("%.*", ""); // the interface, over IPv6
    return METADATA.contains(text) || text.startsWith(AWS);
  }
}
