package dev.fluke.cli.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpMessageTest {
  private static HttpMessage parse(String text) throws IOException {
    return HttpMessage.of(text.replace("\n", "\r\n").getBytes(UTF_8));
  }

  @Test
  void readsStatusAndBody() throws Exception {
    assertThat(parse("HTTP/1.1 202 Accepted\nDate: x\ncontent-LENGTH: 3\n\nüx and more"))
        .isEqualTo(new HttpMessage(202, "üx"));
    assertThat(parse("HTTP/1.1 200\nContent-Length: 0\n\n")).isEqualTo(new HttpMessage(200, ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                              | the connection was closed without a",
        "SSH-2.0-OpenSSH                                 | this is not Fluke",
        "HTTP/1.1 200 OK                                 | this is not Fluke",
        "HTTP/1.1 200 OK~Content-Length: 2               | this is not Fluke",
        "HTTP/1.1 200 OK~~x                              | this is not Fluke",
        "HTTP/2 200 OK~Content-Length: 0~~               | this is not Fluke",
        "HTTP/1.1 200 OK~Content-Length: -1~~            | this is not Fluke",
        "HTTP/1.1 200 OK~Content-Length: 9999999999999~~ | this is not Fluke",
        "HTTP/1.1 200 OK~Content-Length: 4~~abc          | the response was cut off"
      })
  void refusesEverythingElse(String text, String message) {
    assertThatThrownBy(() -> parse(text.replace("~", "\n")))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(message);
  }
}
