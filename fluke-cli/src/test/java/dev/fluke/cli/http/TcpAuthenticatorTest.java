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
  private static Optional<Integer> rejected(String token, String... values) {
    ApiRequest request =
        new ApiRequest(
            "GET", "/v1/status", "", Map.of("Authorization", List.of(values)), new byte[0]);
    return new TcpAuthenticator(Credentials.of(token)).authenticate(request, Optional.empty())
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
    assertThat(rejected("t0ken", authorization)).isEqualTo(Optional.ofNullable(status));
  }

  @Test
  void rejectsARepeatedToken() {
    assertThat(rejected("t", "Bearer t", "Bearer t")).contains(401);
  }

  @Test
  void saysNothingAboutTheToken() {
    ApiRequest request = new ApiRequest("GET", "/v1/status", "", Map.of(), new byte[0]);

    assertThat(
            new TcpAuthenticator(Credentials.of("t0ken")).authenticate(request, Optional.empty()))
        .isEqualTo(Authentication.refused(401, "the token is missing or wrong"));
  }
}
