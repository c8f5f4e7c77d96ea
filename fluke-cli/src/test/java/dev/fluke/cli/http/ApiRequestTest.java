package dev.fluke.cli.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.cli.access.Caller;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiRequestTest {
  private static ApiRequest get(String target) {
    return ApiRequest.of(Caller.unrestricted("ann"), "GET", target, new byte[0]);
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/agents, v1|agents",
    "/v1/agents/a%2Fb, v1|agents|a/b",
    "/a+b/%C3%A4, a+b|ä",
    "/a//b/, a||b|",
    "/, ''"
  })
  void decodesSegmentsOneByOne(String target, String segments) {
    assertThat(String.join("|", get(target).segments())).isEqualTo(segments);
  }

  @ParameterizedTest
  @CsvSource({
    "/x, {}",
    "/x?, {}",
    "/x?a=1&b=2, '{a=1, b=2}'",
    "/x?a=1&a=2, {a=2}",
    "/x?a, {a=}",
    "/x?a=b=c, {a=b=c}",
    "/x?a=b+c%26, {a=b c&}"
  })
  void readsParameters(String target, String parameters) {
    assertThat(get(target).parameters()).hasToString(parameters);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a%zz", "/a%2", "/x?a=%"})
  void rejectsInvalidEscapes(String target) {
    assertThatThrownBy(
            () -> {
              get(target).segments();
              get(target).parameters();
            })
        .isInstanceOf(ApiException.class)
        .hasMessage("in the URL, '%' must be followed by two hexadecimal digits");
  }

  @Test
  void findsAHeaderInAnyCaseUnlessItIsRepeated() {
    ApiRequest request =
        new ApiRequest(
            "GET", "/", "", Map.of("HOST", List.of("h"), "x", List.of("1", "2")), new byte[0]);

    assertThat(request.header("Host")).contains("h");
    assertThat(request.header("X")).isEmpty();
    assertThat(request.header("y")).isEmpty();
  }
}
