package dev.fluke.net.internal;

import static dev.fluke.net.internal.AddressKind.FORBIDDEN;
import static dev.fluke.net.internal.AddressKind.LOOPBACK;
import static dev.fluke.net.internal.AddressKind.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("W04")
class AddressKindTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.255.255.254",
        "0.0.0.0",
        "0.1.2.3",
        "::1",
        "::",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:0:127.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::127.0.0.1",
        "64:ff9b:1:7f00:0:100::",
        "64:ff9b:1::127.0.0.1",
        "2001:0:7f00:1:0:0:3fff:fdfe",
        "2001:0:1:2:3:4:80ff:fffe",
        "2001:db8::5efe:127.0.0.1",
        "2001:db8::200:5efe:7f00:1",
        "2130706433",
        "127.1",
      })
  void knowsThisMachineInEachForm(String address) throws Exception {
    assertThat(AddressKind.of(InetAddress.getByName(address))).isEqualTo(LOOPBACK);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, true",
    "127.1, true",
    "0.0.0.0, true",
    "0.1.2.3, true",
    "::1, true",
    "::, true",
    "::ffff:127.0.0.1, true",
    "::127.0.0.1, false",
    "::ffff:0:127.0.0.1, false",
    "64:ff9b::127.0.0.1, false",
    "2002:7f00:1::, false",
    "2001:db8::5efe:127.0.0.1, false",
    "192.0.2.1, false",
    "169.254.169.254, false",
  })
  void takesNoAddressInsideOfAnotherForThisMachine(String address, boolean here) throws Exception {
    assertThat(AddressKind.isThisMachine(InetAddress.getByName(address))).isEqualTo(here);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "169.254.0.1",
        "224.0.0.1",
        "239.1.2.3",
        "255.255.255.255",
        "100.100.100.200",
        "192.0.0.192",
        "168.63.129.16",
        "fe80::1",
        "febf::1",
        "ff02::1",
        "fd00:ec2::254",
        "fd00:ec2::23",
        "fd20:ce::254",
        "fd00:c1::a9fe:a9fe",
        "fd00:42::42",
        "::169.254.169.254",
        "::ffff:169.254.169.254",
        "::ffff:0:169.254.169.254",
        "2002:a9fe:a9fe::1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b::100.100.100.200",
        "64:ff9b:1:a9fe:a9:fe00::",
        "64:ff9b:1:a9:fe:a9fe::",
        "64:ff9b:1::a9:fea9:fe00:0",
        "64:ff9b:1::169.254.169.254",
        "2001:0:a9fe:a9fe::",
        "2001:0:1:2:3:4:5601:5601",
        "2001:db8::5efe:169.254.169.254",
        "2852039166",
        "169.254.43518",
      })
  void forbidsLinkLocalAndMetadataInEachForm(String address) throws Exception {
    assertThat(AddressKind.of(InetAddress.getByName(address))).isEqualTo(FORBIDDEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "192.0.2.1",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "2001:db8::1",
        "fd00::2",
        "2002:c000:201::1",
        "64:ff9b::192.0.2.1",
        "64:ff9b:1::192.0.2.1",
        "2606:4700::5efe",
      })
  void leavesOthersAlone(String address) throws Exception {
    assertThat(AddressKind.of(InetAddress.getByName(address))).isEqualTo(OTHER);
  }

  @Test
  void readsAMappedAddressThatIsNotReducedToItsIpv4() throws Exception {
    byte[] mapped = InetAddress.getByName("64:ff9b::a9fe:a9fe").getAddress();
    System.arraycopy(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1}, 0, mapped, 0, 12);
    InetAddress six = java.net.Inet6Address.getByAddress("x", mapped, 0);

    assertThat(six.getAddress()).hasSize(16);
    assertThat(AddressKind.of(six)).isEqualTo(FORBIDDEN);
  }

  @Test
  void namesTheWorstOfMany() throws Exception {
    List<InetAddress> both =
        List.of(InetAddress.getByName("192.0.2.1"), InetAddress.getLoopbackAddress());

    assertThat(AddressKind.worst(both)).isEqualTo(LOOPBACK);
    assertThat(AddressKind.worst(List.of())).isEqualTo(OTHER);
  }

  @ParameterizedTest
  @CsvSource({
    "169.254.169.254, FORBIDDEN",
    "[fe80::1], FORBIDDEN",
    "[::1], LOOPBACK",
    "2130706433, LOOPBACK",
    "2852039166, FORBIDDEN",
    "localhost, OTHER",
    "git.example.com, OTHER",
    "1.2.3.4.5, OTHER",
  })
  void readsAddressesInUrlsAndLooksUpNoName(String host, AddressKind kind) {
    assertThat(AddressKind.written(host)).isEqualTo(kind);
  }
}
