package dev.fluke.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("Z05")
class PrintableTest {

  @ParameterizedTest
  @CsvSource({
    "000a, \\n",
    "0009, \\t",
    "000d, \\u000d",
    "0000, \\u0000",
    "001b, \\u001b",
    "007f, \\u007f",
    "0085, \\u0085",
    "00ad, \\u00ad",
    "202e, \\u202e",
    "2028, \\u2028",
    "2029, \\u2029",
    "d800, \\ud800",
    "dfff, \\udfff",
    "e000, \\ue000",
    "ffff, \\uffff",
    "e0001, \\ue0001",
    "41, A",
    "e4, ä",
    "1f600, 😀",
    "5c, \\",
  })
  void escapesWhatCouldHideOrForgeALine(String code, String shown) {
    assertThat(Printable.of(Character.toString(Integer.parseInt(code, 16)))).isEqualTo(shown);
  }

  @Test
  void keepsPlainText() {
    assertThat(Printable.of("a b ä € 😀")).isEqualTo("a b ä € 😀");
    assertThat(Printable.of("")).isEmpty();
  }

  @Test
  void keepsTheBeginningAndTheEndOfALongText() {
    assertThat(Printable.shortened("abcdefghi", 9)).isEqualTo("abcdefghi");
    assertThat(Printable.shortened("abcdefghij", 9)).isEqualTo("abc … hij");
  }

  @Test
  void keepsTheEndOfALongText() {
    assertThat(Printable.lastLineOf("\ud83d\ude00abc", 4)).isEqualTo("…abc");
    assertThat(Printable.lastLineOf("\n".repeat(1_000_000), 5)).isEqualTo("…\\n\\n");
    assertThat(Printable.lastLineOf("abcd", 4)).isEqualTo("abcd");
    assertThat(Printable.lastLineOf("abcde", 4)).isEqualTo("…cde");
    assertThat(Printable.lastLineOf("abc\n", 4)).as("escapes count").isEqualTo("…c\\n");
  }
}
