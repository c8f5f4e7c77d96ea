package dev.fluke.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiReplyTest {
  private static final String SERVER = "http://127.0.0.1:7071";

  @Test
  void readsTheJsonObject() throws Exception {
    assertThat(ApiReply.of(SERVER, 200, "{\"id\":\"7\",\"done\":true}\n"))
        .isEqualTo(new ApiReply(200, Map.of("id", "7", "done", true)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no", "<html>", "[1]", "{\"a\":"})
  void rejectsOtherText(String text) {
    assertThatThrownBy(() -> ApiReply.of(SERVER, 200, text))
        .isInstanceOf(UnreachableDaemonException.class)
        .hasMessage("the server at http://127.0.0.1:7071 is not Fluke: its response is not JSON");
  }

  @ParameterizedTest
  @CsvSource({"200, true", "202, true", "299, true", "300, false", "404, false", "503, false"})
  void succeedsBelow300(int status, boolean succeeded) {
    assertThat(new ApiReply(status, Map.of()).succeeded()).isEqualTo(succeeded);
  }

  @Test
  void hasAnErrorMessage() {
    assertThat(new ApiReply(404, Map.of("error", "no task 'x'")).error()).isEqualTo("no task 'x'");
    assertThat(new ApiReply(502, Map.of()).error()).isEqualTo("HTTP status 502");
  }
}
