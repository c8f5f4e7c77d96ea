package dev.fluke.cli.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.cli.access.Caller;
import dev.fluke.cli.access.Right;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTest {
  private static final Route ROUTE =
      Route.of(
          "GET",
          "/v1/{kind}/x/{name}",
          Right.READ,
          (call, names) -> ApiResponse.plain(200, names + ""));

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
    ApiRequest request = ApiRequest.of(Caller.unrestricted("ann"), "GET", "/v1/a/x/b", new byte[0]);

    assertThat(ROUTE.handle(new Call(request), request.segments()).text()).isEqualTo("[a, b]");
  }

  @Test
  void needsACallerUnlessItIsOpen() {
    assertThat(ROUTE.isOpen()).isFalse();
    assertThat(Route.open("GET", "/healthz", (call, names) -> ApiResponse.plain(200, "")).isOpen())
        .isTrue();
  }
}
