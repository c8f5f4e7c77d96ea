package dev.fluke.cli.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodyTest {
  private static Map<String, Object> read(String type, byte[] body) {
    return JsonBody.of(
        new ApiRequest("POST", "/", "", Map.of("Content-Type", List.of(type)), body));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "Application/JSON",
        " application/json ; charset=utf-8",
        "application/json;charset=\"UTF-8\""
      })
  void readsOneObject(String type) {
    assertThat(read(type, " {\"a\": \"\u00fc\"}\n".getBytes(UTF_8))).containsEntry("a", "\u00fc");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "",
        "application/jsonp",
        "application/x-www-form-urlencoded",
        "application/json; charset=utf-16",
        "application/json; charset=iso-8859-1",
        "application/json, text/plain"
      })
  void requiresJsonInUtf8(String type) {
    assertThatThrownBy(() -> read(type, "{}".getBytes(UTF_8)))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.status()).isEqualTo(415))
        .hasMessage("the body must be JSON in UTF-8, with Content-Type: application/json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "true",
        "7",
        "\"a\"",
        "[]",
        "[{}]",
        "{",
        "{}{}",
        "{} x",
        "{}]",
        "{'a':1}",
        "{\"a\":1,\"a\":2}",
        "{\"a\":1,}",
        "{\"a\":NaN}",
        "{\"a\":01}",
        "{/**/}",
        "{\"a\":\"\t\"}",
        "\ufeff{}"
      })
  void rejectsAnythingElse(String body) {
    rejects(body.getBytes(UTF_8));
  }

  @Test
  void rejectsOtherEncodings() {
    for (Charset charset : List.of(UTF_16, ISO_8859_1, Charset.forName("UTF-32"))) {
      rejects("{\"a\":\"\u00fc\"}".getBytes(charset));
    }
    rejects(new byte[] {'{', '"', (byte) 0xc0, (byte) 0x80, '"', ':', '1', '}'});
  }

  @Test
  void rejectsWhatIsDeepOrLong() {
    rejects("{\"a\":".repeat(100_000).getBytes(UTF_8));
    rejects(("{\"a\":" + "[".repeat(500_000)).getBytes(UTF_8));
    rejects(("{\"a\":" + "9".repeat(1_000_000) + "}").getBytes(UTF_8));
    rejects(("{\"" + "k".repeat(1_000_000) + "\":1}").getBytes(UTF_8));
    assertThat(read("application/json", "{\"a\":1e999999999}".getBytes(UTF_8))).containsKey("a");
  }

  private static void rejects(byte[] body) {
    assertThatThrownBy(() -> read("application/json", body))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.status()).isEqualTo(400))
        .hasMessage("the body is not a JSON object in UTF-8 with unique keys");
  }
}
