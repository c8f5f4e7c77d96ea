package dev.fluke.net.internal;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The IPv4 addresses that an IPv6 address has inside, in each form that the RFCs define. */
final class EmbeddedAddresses {
  private static final byte[] NAT64 = prefix(0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0);
  private static final byte[] NAT64_LOCAL = prefix(0x00, 0x64, 0xff, 0x9b, 0, 1);
  private static final byte[] SIX_TO_FOUR = prefix(0x20, 0x02);
  private static final byte[] TEREDO = prefix(0x20, 0x01, 0, 0);
  private static final byte[] ZEROS = new byte[12];
  private static final byte[] MAPPED = prefix(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff);
  private static final byte[] TRANSLATED = prefix(0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0);

  private final byte[] six;
  private final List<InetAddress> found = new ArrayList<>();

  private EmbeddedAddresses(byte[] six) {
    this.six = six;
  }

  /** All that these 16 bytes may stand for; empty if they embed none. */
  static List<InetAddress> in(byte[] six) {
    EmbeddedAddresses addresses = new EmbeddedAddresses(six);
    addresses.find();
    return addresses.found;
  }

  private void find() {
    if (begins(NAT64) || begins(MAPPED) || begins(TRANSLATED)) { // RFC 6052, 4291, 7915
      add(12, 13, 14, 15);
    }
    if (begins(ZEROS) && (six[12] != 0 || six[13] != 0)) { // RFC 4291, 2.5.5.1; ::1 embeds none
      add(12, 13, 14, 15);
    }
    if (begins(NAT64_LOCAL)) { // RFC 8215; the lengths of RFC 6052, 2.2
      addUnlessZero(6, 7, 9, 10);
      addUnlessZero(7, 9, 10, 11);
      addUnlessZero(9, 10, 11, 12);
      addUnlessZero(12, 13, 14, 15);
    }
    if (begins(SIX_TO_FOUR)) { // RFC 3056
      add(2, 3, 4, 5);
    }
    if (begins(TEREDO)) { // RFC 4380: the server, and the client with all bits inverted
      add(4, 5, 6, 7);
      found.add(four(~six[12], ~six[13], ~six[14], ~six[15]));
    }
    boolean isatap =
        (six[8] & 0xfd) == 0 && six[9] == 0 && six[10] == 0x5e && six[11] == (byte) 0xfe;
    if (isatap) { // RFC 5214
      add(12, 13, 14, 15);
    }
  }

  private boolean begins(byte[] prefix) {
    return Arrays.equals(six, 0, prefix.length, prefix, 0, prefix.length);
  }

  private void add(int first, int second, int third, int fourth) {
    found.add(four(six[first], six[second], six[third], six[fourth]));
  }

  private void addUnlessZero(int first, int second, int third, int fourth) {
    if (six[first] != 0) {
      add(first, second, third, fourth);
    }
  }

  private static InetAddress four(int first, int second, int third, int fourth) {
    try {
      return InetAddress.getByAddress(prefix(first, second, third, fourth));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }

  private static byte[] prefix(int... bytes) {
    byte[] prefix = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      prefix[i] = (byte) bytes[i];
    }
    return prefix;
  }
}
