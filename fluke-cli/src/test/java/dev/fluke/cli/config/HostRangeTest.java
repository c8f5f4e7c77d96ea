package dev.fluke.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    assertThat(HostRange.expanded("h[1:999999]")).hasSize(10_000);
  }
}
