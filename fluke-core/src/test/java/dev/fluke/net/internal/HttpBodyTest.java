package dev.fluke.net.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.ProtocolException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpBodyTest {
  private static InputStream sent(String text) {
    return new ByteArrayInputStream(text.replace("!", "\r\n").getBytes(ISO_8859_1));
  }

  @Test
  void readsNoByteAfterItsEnd() throws Exception {
    InputStream in = sent("2!ab!0!!next");

    assertThat(HttpBody.chunked(in).readAllBytes()).asString().isEqualTo("ab");
    assertThat(in.readAllBytes()).asString().isEqualTo("next");
  }

  @Test
  void readsByteByByteAndSkips() throws Exception {
    InputStream body = HttpBody.chunked(sent("3!abc!1!d!0!!"));

    assertThat(body.read()).isEqualTo('a');
    assertThat(body.skip(1)).isOne();
    assertThat(body.available()).isOne();
    assertThat(body.markSupported()).isFalse();
    assertThat(body.readAllBytes()).asString().isEqualTo("cd");
    assertThat(body.read()).isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource({
    "'', the answer ended in its body",
    "5!abc, the answer ended in its body",
    "3!abc, the answer ended in its body",
    "3!abc!0!, the answer ended in its body",
    "3!abcd!0!!, a chunk of the answer is longer than its size",
    "-1!, a chunk of the answer has no size",
    "0x1!a!, a chunk of the answer has no size",
    "ffffffffffffffff!a, a chunk of the answer has no size",
  })
  void refusesDamagedChunks(String text, String why) {
    assertThatThrownBy(() -> HttpBody.chunked(sent(text)).readAllBytes())
        .isInstanceOf(ProtocolException.class)
        .hasMessage(why);
  }

  @Test
  void refusesABodyThatIsTooShort() {
    assertThatThrownBy(() -> HttpBody.of(sent("abc"), 4).readAllBytes())
        .isInstanceOf(ProtocolException.class)
        .hasMessage("the answer ended in its body");
  }
}
