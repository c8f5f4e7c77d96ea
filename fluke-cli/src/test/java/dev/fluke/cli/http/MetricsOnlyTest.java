package dev.fluke.cli.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.cli.access.Right;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsOnlyTest {
  private static Authentication asked(boolean isLoopback, String path, String host) {
    return new MetricsOnly(isLoopback)
        .authenticate(new ApiRequest("GET", path, "", Map.of("Host", List.of(host)), new byte[0]));
  }

  private static Optional<Integer> rejected(Authentication answer) {
    return answer instanceof Authentication.Refused refused
        ? Optional.of(refused.response().status())
        : Optional.empty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/status", "/v1/reconcile", "/metrics/", "//metrics", "/%6detrics"})
  void refusesEveryOtherPage(String path) {
    assertThat(rejected(asked(true, path, "127.0.0.1"))).contains(403);
    assertThat(rejected(asked(false, path, "web-01"))).contains(403);
  }

  @Test
  void givesTheRightToReadOnly() {
    Authentication.Accepted accepted =
        (Authentication.Accepted) asked(false, "/metrics", "web-01.example.com");

    assertThat(accepted.caller().rights()).containsExactly(Right.READ);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:7071, ",
    "127.9.9.9:1, ",
    "localhost:7071, ",
    "[::1]:7071, ",
    "evil.example.com, 403",
    "127.0.0.1.evil.example.com, 403",
    "localhost.evil.example.com:7071, 403",
    "10.0.0.1:7071, 403",
    "0.0.0.0, 403",
    "[::1, 403",
    "'', 403"
  })
  void requiresANameOfThisMachineOnLoopback(String host, Integer status) {
    assertThat(rejected(asked(true, "/metrics", host))).isEqualTo(Optional.ofNullable(status));
  }
}
