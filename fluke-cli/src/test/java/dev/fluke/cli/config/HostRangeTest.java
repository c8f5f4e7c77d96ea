package dev.fluke.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostRangeTest {

  @ParameterizedTest
  @CsvSource({
    "web, web",
    "web[1:3], web1 web2 web3",
    "web[08:10].x, web08.x web09.x web10.x",
    "db-[a:c], db-a db-b db-c",
    "h[0:6:3], h0 h3 h6",
    "h[1:1], h1",
    "r[1:2]-[a:b], r1-a r1-b r2-a r2-b",
    "h[1:], h[1:]",
    "h[A:C], h[A:C]",
    "h[5:1], ''",
    "h[1:3:0], h1 h2 h3"
  })
  void expandsNames(String name, String expanded) {
    assertThat(String.join(" ", HostRange.expanded(name))).isEqualTo(expanded);
  }

  @Test
  void expandsToAtMostTenThousandNames() {
    assertThat(HostRange.expanded("h[1:10000]")).hasSize(10_000);
    assertThat(HostRange.expanded("h[1:100][a:z]")).hasSize(2_600).contains("h100z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"h[1:10001]", "h[1:999999999]", "h[1:1000][1:11]", "h[1:99][1:99][1:99]"})
  void refusesMoreNamesBeforeItBuildsThem(String name) {
    assertThatThrownBy(() -> HostRange.expanded(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "host '%s': a range means at most 10,000 hosts and is at most 1,000 characters long; write several ranges",
            name);
  }
}
