package dev.fluke.net.internal;

import com.google.common.net.InetAddresses;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an address leads to, in whatever form it is written: an IPv6 address that has an IPv4
 * address inside counts as both. Ask for the address that is connected to, never for a name.
 */
public enum AddressKind {
  /** Any other machine, in a private network or not. */
  OTHER,

  /** This machine: {@code 127.0.0.0/8}, {@code ::1}, and what Linux takes for it. */
  LOOPBACK,

  /** No repository and no receiver: link-local, multicast, or a metadata service of a cloud. */
  FORBIDDEN;

  /** Why {@link #FORBIDDEN} addresses are refused, to follow the name of the host. */
  public static final String WHY_FORBIDDEN = "is a link-local, multicast or metadata address";

  /** What Java reads as an IPv4 address: one to four numbers. */
  private static final Pattern NUMBERS = Pattern.compile("\\d+(\\.\\d+){0,3}");

  /**
   * Metadata services that are not link-local: of Alibaba, Oracle and Azure over IPv4; of Google,
   * Oracle and Scaleway over IPv6.
   */
  private static final Set<InetAddress> METADATA =
      Set.of(
          InetAddresses.forString("100.100.100.200"),
          InetAddresses.forString("192.0.0.192"),
          InetAddresses.forString("168.63.129.16"),
          InetAddresses.forString("fd20:ce::254"),
          InetAddresses.forString("fd00:c1::a9fe:a9fe"),
          InetAddresses.forString("fd00:42::42"));

  /** The network /112 of AWS's services over IPv6: metadata, credentials, names, time. */
  private static final byte[] AWS =
      Arrays.copyOf(InetAddresses.forString("fd00:ec2::").getAddress(), 14);

  /** The kind of one address. */
  public static AddressKind of(InetAddress address) {
    AddressKind kind = alone(address);
    if (address instanceof Inet6Address six) {
      for (InetAddress inside : EmbeddedAddresses.in(six.getAddress())) {
        kind = worse(kind, alone(inside));
      }
    }
    return kind;
  }

  /**
   * Whether an address is this machine by itself. One that only has such an address inside does not
   * count: anybody can own it. An IPv4-mapped address is its IPv4 address, as Java reads it.
   */
  public static boolean isThisMachine(InetAddress address) {
    return alone(address) == LOOPBACK;
  }

  /** The worst kind of these addresses; {@link #OTHER} of none. */
  public static AddressKind worst(Collection<InetAddress> addresses) {
    AddressKind kind = OTHER;
    for (InetAddress address : addresses) {
      kind = worse(kind, of(address));
    }
    return kind;
  }

  /** The kind of an address that a URL writes out. A name counts as other: it is not looked up. */
  public static AddressKind written(String host) {
    String plain = host.replaceFirst("^\\[(.*)]$", "$1");
    if (!plain.contains(":") && !NUMBERS.matcher(plain).matches()) {
      return OTHER;
    }
    try {
      return of(InetAddress.getByName(plain));
    } catch (UnknownHostException e) {
      return OTHER; // which fails when it is connected to
    }
  }

  private static AddressKind worse(AddressKind one, AddressKind other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static AddressKind alone(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (address.isLinkLocalAddress() || address.isMulticastAddress() || isMetadata(address)) {
      return FORBIDDEN;
    }
    if (bytes.length == 4 && isBroadcast(bytes)) {
      return FORBIDDEN;
    }
    boolean isThisNetwork = bytes.length == 4 && bytes[0] == 0; // Linux connects to itself
    return address.isLoopbackAddress() || address.isAnyLocalAddress() || isThisNetwork
        ? LOOPBACK
        : OTHER;
  }

  private static boolean isBroadcast(byte[] bytes) {
    return bytes[0] == -1 && bytes[1] == -1 && bytes[2] == -1 && bytes[3] == -1;
  }

  private static boolean isMetadata(InetAddress address) {
    byte[] bytes = address.getAddress();
    return METADATA.contains(address) // the interface of an IPv6 address does not count
        || (bytes.length == 16 && Arrays.equals(bytes, 0, AWS.length, AWS, 0, AWS.length));
  }
}
