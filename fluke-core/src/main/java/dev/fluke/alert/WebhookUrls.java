package dev.fluke.alert;

import static java.util.Objects.requireNonNull;

import com.google.common.net.InetAddresses;
import dev.fluke.text.Printable;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Checks the URL of a webhook. It comes from the application, so loopback and private addresses are
 * allowed; addresses that no receiver has are refused.
 */
final class WebhookUrls {
  /** Metadata services that are not link-local: of Google over IPv6, Alibaba, Oracle, Azure. */
  private static final Set<InetAddress> METADATA =
      Set.of(
          InetAddresses.forString("fd20:ce::254"),
          InetAddresses.forString("100.100.100.200"),
          InetAddresses.forString("192.0.0.192"),
          InetAddresses.forString("168.63.129.16"));

  /** The network /112 of AWS's services over IPv6: metadata, credentials, names, time. */
  private static final byte[] AWS =
      Arrays.copyOf(InetAddresses.forString("fd00:ec2::").getAddress(), 14);

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
    for (InetAddress address : addresses) {
      if (address.isLinkLocalAddress() || address.isMulticastAddress() || isMetadata(address)) {
        throw new AlertRejectedException(
            host + " is a link-local, multicast or metadata address; no receiver has one");
      }
    }
  }

  private static boolean isMetadata(InetAddress address) {
    byte[] bytes = address.getAddress();
    return METADATA.contains(address) // the interface of an IPv6 address does not count
        || (bytes.length == 16 && Arrays.equals(bytes, 0, AWS.length, AWS, 0, AWS.length));
  }
}
