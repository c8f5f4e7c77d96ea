package dev.fluke.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostNamesTest {
  @Test
  void namesAServerAsOpenSshDoes() {
    assertThat(HostNames.of("Web-01", 22).written()).isEqualTo("web-01");
    assertThat(HostNames.of("Web-01", 2222).written()).isEqualTo("[web-01]:2222");
    assertThat(HostNames.of("::1", 22).written()).isEqualTo("::1");
    assertThat(HostNames.of("FE80::1%eth0", 2222).written()).isEqualTo("[fe80::1%eth0]:2222");
  }

  @Test
  void hasANameWithoutThePortForEveryPort() {
    assertThat(HostNames.of("Web-01.", 2222).all())
        .extracting(HostNames.Name::text)
        .containsExactly("[web-01.]:2222", "web-01.");
    assertThat(HostNames.of("web-01", 22).all()).hasSize(1);
    assertThat(HostNames.of("web-01", 22).all().get(0).all())
        .containsExactly("web-01", "web-01.", "[web-01]:22", "[web-01.]:22");
  }

  @ParameterizedTest
  @CsvSource({
    "0:0:0:0:0:0:0:1, ::1",
    "[2001:DB8:0::1]:22, [2001:db8::1]:22",
    "fe80:0::1%eth0.100, fe80::1%eth0.100",
    "::ffff:10.0.0.9, 10.0.0.9",
    "web-01, web-01",
    "[web-01]:22, [web-01]:22",
    "10.0.0.*, 10.0.0.*",
    "[, [",
  })
  void shortensAddressesOnly(String text, String shortest) {
    assertThat(HostNames.canonical(text)).isEqualTo(shortest);
  }
}
