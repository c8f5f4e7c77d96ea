package dev.fluke.cli.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.InetAddresses;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 192.0.2.7",
    "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:0:0:0:0/64",
    "2001:db8:1:2:ffff::1, 2001:db8:1:2:0:0:0:0/64",
    "2001:db8:1:3::1, 2001:db8:1:3:0:0:0:0/64"
  })
  void joinsTheAddressesOfANetwork(String address, String shown) {
    assertThat(ClientAddress.of(new InetSocketAddress(InetAddresses.forString(address), 7)))
        .isEqualTo(shown);
  }

  @Test
  void namesUnixSockets() {
    assertThat(ClientAddress.of(UnixDomainSocketAddress.of(""))).isEqualTo("unix");
  }
}
