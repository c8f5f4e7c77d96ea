package dev.fluke.cli.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTest {
  private static final Route ROUTE =
      Route.of(
          "GET", "/v1/{kind}/x/{name}", (request, names) -> ApiResponse.plain(200, names + ""));

  @ParameterizedTest
  @CsvSource({
    "v1|a|x|b, true",
    "v1|a/b|x|, true",
    "v1|a|y|b, false",
    "v1|a|x, false",
    "v1|a|x|b|c, false",
    "'', false"
  })
  void matchesFixedAndVariableSegments(String segments, boolean matches) {
    assertThat(ROUTE.matches(List.of(segments.split("\\|", -1)))).isEqualTo(matches);
  }

  @Test
  void passesVariableSegmentsInOrder() {
    ApiRequest request = ApiRequest.of("GET", "/v1/a/x/b", new byte[0]);

    assertThat(ROUTE.handle(request, request.segments()).text()).isEqualTo("[a, b]");
  }

  @Test
  void needsTheTokenUnlessItIsOpen() {
    assertThat(ROUTE.isOpen()).isFalse();
    assertThat(Route.open("GET", "/healthz", (r, n) -> ApiResponse.plain(200, "")).isOpen())
        .isTrue();
  }
}
