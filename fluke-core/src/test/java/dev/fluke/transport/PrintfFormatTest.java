package dev.fluke.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrintfFormatTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "plain text, plain text",
        "100%, 100\\045",
        "it's, it\\047s",
        "a\\b, a\\134b",
        "-n, \\055n",
        "a-b, a-b"
      })
  void escapesWhatPrintfOrQuotesWouldRead(String text, String format) {
    assertThat(PrintfFormat.of(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(format);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox sh"})
  void printsEveryByteInEachShell(String shell) throws Exception {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }

    assertThat(
            ShellProgram.run(shell, "printf '" + PrintfFormat.of(all) + "' | od -An -v -tx1\n")
                .out())
        .isEqualToNormalizingWhitespace(HexFormat.ofDelimiter(" ").formatHex(all));
  }
}
