package dev.fluke.cli.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * The address that distinguishes clients: all addresses of an IPv6 network of 64 bits are one,
 * since one machine can use all of them.
 */
final class ClientAddress {
  /** The address of clients that connect over a Unix socket. */
  static final String UNIX = "unix";

  private static final int NETWORK_BYTES = 8;

  private ClientAddress() {}

  /** Such as {@code 192.0.2.7}, {@code 2001:db8:0:0:0:0:0:0/64} or {@code unix}. */
  static String of(SocketAddress address) {
    return address instanceof InetSocketAddress internet && internet.getAddress() != null
        ? of(internet.getAddress())
        : UNIX;
  }

  private static String of(InetAddress address) {
    if (address instanceof Inet6Address) {
      byte[] network = Arrays.copyOf(address.getAddress(), NETWORK_BYTES);
      return text(Arrays.copyOf(network, address.getAddress().length)) + "/64";
    }
    return address.getHostAddress();
  }

  private static String text(byte[] address) {
    try {
      return InetAddress.getByAddress(address).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException("16 bytes are an address", e);
    }
  }
}
