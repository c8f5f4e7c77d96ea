package dev.fluke.net.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("W01")
class HttpReplyTest {

  private static HttpReply read(String bytes) throws IOException {
    return HttpReply.read(new ByteArrayInputStream(bytes.getBytes(ISO_8859_1)));
  }

  @Test
  void readsStatusAndHeadersAndNoByteMore() throws Exception {
    String head = "HTTP/1.1 503 Later\r\nRETRY-after:  7 \r\nContent-Length: 3\r\n\r\n";
    var in = new ByteArrayInputStream((head + "abc").getBytes(ISO_8859_1));

    HttpReply reply = HttpReply.read(in);

    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.header("Retry-After")).isEqualTo("7");
    assertThat(reply.length()).isEqualTo(3);
    assertThat(in.readAllBytes()).asString().isEqualTo("abc");
  }

  @Test
  void readsLinesThatEndWithoutACarriageReturn() throws Exception {
    assertThat(read("HTTP/1.0 200\nno colon here\n: no name\n\n"))
        .isEqualTo(new HttpReply(200, Map.of()));
  }

  @Test
  void readsTheFinalAnswerAfterInterimOnes() throws Exception {
    String interim = "HTTP/1.1 100 Go on\r\nretry-after: 9\r\n\r\nHTTP/1.1 103 Hints\r\n\r\n";

    assertThat(read(interim + "HTTP/1.1 404 No\r\n\r\n")).isEqualTo(new HttpReply(404, Map.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "200, 12, 12",
    "200, 999999999999999999, 999999999999999999",
    "200, 9999999999999999999, 9223372036854775807",
    "200, -1, 9223372036854775807",
    "200, '1, 1', 9223372036854775807",
    "204, 12, 0",
    "304, 12, 0",
  })
  void readsTheLengthOfTheBody(int status, String header, long length) throws Exception {
    String head = "HTTP/1.1 %d\r\ncontent-length: %s\r\n\r\n".formatted(status, header);

    assertThat(read(head).length()).isEqualTo(length);
  }

  @Test
  void keepsEachValueOfAHeader() throws Exception {
    HttpReply reply = read("HTTP/1.1 200 OK\r\nx-a: 1\r\nX-A: 2\r\n\r\n");

    assertThat(reply.headers()).isEqualTo(Map.of("x-a", List.of("1", "2")));
    assertThat(reply.header("x-a")).isEqualTo("2");
    assertThat(reply.header("x-b")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "content-length: 3, abc, abc",
    "x: y, abcdef, abcdef",
    "Transfer-Encoding: Chunked, '3;x=y!abc!2!de!0!a: b!!rest', abcde",
    "Transfer-Encoding: chunked, '0!!', ''",
  })
  void readsTheBodyWithoutItsFraming(String header, String sent, String body) throws Exception {
    var in = new ByteArrayInputStream(sent.replace("!", "\r\n").getBytes(ISO_8859_1));
    HttpReply reply = read("HTTP/1.1 200 OK\r\n" + header + "\r\n\r\n");

    assertThat(new String(reply.body(in).readAllBytes(), ISO_8859_1)).isEqualTo(body);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-x\r\n\r\n",
        "\r\n",
        "HTTP/2 200\r\n\r\n",
        "HTTP/1.1 20\r\n\r\n",
        "HTTP/1.1 2000\r\n\r\n",
        "HTTP/1.1\r\n\r\n",
        "http/1.1 200\r\n\r\n"
      })
  void refusesWhatHasNoStatusLine(String bytes) {
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(ProtocolException.class)
        .hasMessage("the first line is not a status line");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1 200", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\na: b\r\n"})
  void refusesAStreamThatEndsInTheHeaders(String bytes) {
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(EOFException.class)
        .hasMessage("the stream ended in the headers");
  }

  @Test
  void refusesHeadersLongerThan64Kibibytes() throws Exception {
    String head = "HTTP/1.1 200 OK\r\nx: ";
    int counted = 64 * 1024 - head.replace("\n", "").length() - 2; // line feeds are free
    assertThat(read(head + "y".repeat(counted) + "\r\n\r\n").status()).isEqualTo(200);
    assertThatThrownBy(() -> read(head + "y".repeat(counted + 1) + "\r\n\r\n"))
        .isInstanceOf(ProtocolException.class)
        .hasMessage("the headers are longer than 64 KiB");
  }
}
