package dev.fluke.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeadersTest {

  @ParameterizedTest
  @CsvSource({
    "Authorization, authorization",
    "X-Token_1, x-token_1",
    "a!#$%&'*+.^`|~-, a!#$%&'*+.^`|~-"
  })
  void foldsAValidName(String name, String folded) {
    assertThat(Headers.name(name)).isEqualTo(folded);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Connection", "CONTENT-LENGTH", "Expect", "host", "Keep-Alive", "TE", "Trailer",
        "Transfer-Encoding", "upgrade", "", "a b", "a:b", "ä", "a\u0000"
      })
  void refusesNamesThatHttpSetsOrForbids(String name) {
    assertThatThrownBy(() -> Headers.name(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the header '%s' can't be set: HTTP sets it, or the name is not valid"
                .formatted(name.replace("\u0000", "\\u0000")));
  }

  @Test
  void refusesNamesOfTheSignatureAndEscapesThem() {
    assertThatThrownBy(() -> Headers.name("Webhook-Id\r\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the header 'Webhook-Id\\u000d\\n"
                + "' can't be set: webhook-… headers carry the signature");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer a~ !", "a\tb"})
  void acceptsPrintableValues(String value) {
    assertThat(Headers.value("x-token", value)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"canary\r", "canary\n", "\u007f", "canaryä", "\u0000", "\u0085"})
  void refusesOtherValuesWithoutShowingThem(String value) {
    assertThatThrownBy(() -> Headers.value("x-token", value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the value of the header x-token has a line break, or another character that HTTP does"
                + " not allow");
  }
}
