package dev.fluke.source.git;

import dev.fluke.net.internal.AddressKind;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/**
 * Which addresses the requests of one poll may connect to. The configured host may be this machine.
 * A server may redirect to this machine only if nothing but this machine was reached before it.
 * Link-local addresses and those of metadata services are never reached.
 */
final class RedirectRule {
  private boolean redirected;
  private boolean reachedOthers;

  /**
   * Returns the addresses if a request to this host may connect to them.
   *
   * @param configured whether it is the host, port and scheme of the configured URL
   */
  List<InetAddress> allowed(String host, boolean configured, List<InetAddress> addresses)
      throws IOException {
    redirected |= !configured;
    AddressKind worst = AddressKind.worst(addresses);
    if (worst == AddressKind.FORBIDDEN) {
      throw refused(host, configured, AddressKind.WHY_FORBIDDEN);
    }
    if (worst == AddressKind.LOOPBACK && redirected && reachedOthers) {
      throw refused(host, configured, "is this machine");
    }
    return addresses;
  }

  private static IOException refused(String host, boolean configured, String why) {
    return new IOException(
        configured
            ? "%s %s; no repository has one".formatted(host, why)
            : "the server redirects to %s, which %s; set the final URL of the repository"
                .formatted(host, why));
  }

  /** Notes the address that a request really reached. */
  void reached(InetAddress address) {
    reachedOthers |= !AddressKind.isThisMachine(address);
  }

  /** Notes that a proxy reached a host, whose address is not known here. */
  void reachedThroughProxy(List<InetAddress> addresses) {
    reachedOthers |=
        addresses.isEmpty() || !addresses.stream().allMatch(AddressKind::isThisMachine);
  }
}
