package dev.fluke.cli.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.cli.access.Credentials;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TcpAuthenticatorTest {
  private static Optional<Integer> rejected(
      Optional<String> token, String header, String... values) {
    ApiRequest request =
        new ApiRequest("GET", "/v1/status", "", Map.of(header, List.of(values)), new byte[0]);
    return new TcpAuthenticator(token.map(Credentials::of).orElse(Credentials.none()))
                .authenticate(request, Optional.empty())
            instanceof Authentication.Refused refused
        ? Optional.of(refused.response().status())
        : Optional.empty();
  }

  @ParameterizedTest
  @CsvSource({
    "Bearer t0ken, ",
    "bearer t0ken, ",
    "'Bearer  t0ken ', ",
    "Bearer t0keN, 401",
    "Bearer t0ke, 401",
    "Bearer, 401",
    "Basic t0ken, 401",
    "t0ken, 401",
    "'', 401"
  })
  void requiresTheToken(String authorization, Integer status) {
    assertThat(rejected(Optional.of("t0ken"), "Authorization", authorization))
        .isEqualTo(Optional.ofNullable(status));
  }

  @Test
  void rejectsARepeatedToken() {
    assertThat(rejected(Optional.of("t"), "Authorization", "Bearer t", "Bearer t")).contains(401);
  }

  @Test
  void saysNothingAboutTheToken() {
    ApiRequest request = new ApiRequest("GET", "/v1/status", "", Map.of(), new byte[0]);

    assertThat(
            new TcpAuthenticator(Credentials.of("t0ken")).authenticate(request, Optional.empty()))
        .isEqualTo(Authentication.refused(401, "the token is missing or wrong"));
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:7071, ",
    "127.0.0.1, ",
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
  void requiresANameOfThisMachineWithoutAToken(String host, Integer status) {
    assertThat(rejected(Optional.empty(), "Host", host)).isEqualTo(Optional.ofNullable(status));
  }
}
