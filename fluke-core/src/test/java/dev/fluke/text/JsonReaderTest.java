package dev.fluke.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reading of JSON objects. */
class JsonReaderTest {

  private static Object value(String json) {
    return Json.readObject("{\"a\":" + json + "}").get("a");
  }

  @Test
  void readsEveryKindOfValue() {
    assertThat(value("\"x\"")).isEqualTo("x");
    assertThat(value("true")).isEqualTo(true);
    assertThat(value("false")).isEqualTo(false);
    assertThat(value("{\"b\":{}}")).isEqualTo(Map.of("b", Map.of()));
    assertThat(value("[1,[\"x\"]]")).isEqualTo(List.of(1L, List.of("x")));
    assertThat(value("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u20aC\"")).isEqualTo("\"\\/\b\f\n\r\t\u20ac");
  }

  @Test
  void keepsNumbersExact() {
    assertThat(value("0")).isEqualTo(0L);
    assertThat(value("-9223372036854775808")).isEqualTo(Long.MIN_VALUE);
    assertThat(value("9223372036854775808")).isEqualTo(new BigInteger("9223372036854775808"));
    assertThat(value("0.1")).isEqualTo(0.1);
    assertThat(value("0.10")).isEqualTo(new BigDecimal("0.10"));
    assertThat(value("1e3")).isEqualTo(new BigDecimal("1e3"));
  }

  @Test
  void keepsTheOrderOfKeys() {
    assertThat(Json.readObject("{\"b\":1,\"a\":2,\"c\":3}").keySet())
        .containsExactly("b", "a", "c");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"a\":null} | character 6: expected a value, found 'n'",
        "{\"a\":01} | character 7: expected '}', found '1'",
        "{\"a\":+1} | character 6: expected a value, found '+'",
        "{\"a\":.5} | character 6: expected a value, found '.'",
        "{\"a\":tru} | character 6: expected a value, found 't'",
        "{\"a\":1,} | character 8: expected '\"', found '}'",
        "{\"a\" 1} | character 6: expected ':', found '1'",
        "{\"a\":[1 2]} | character 9: expected ']', found '2'",
        "{\"a\":\"x | character 8: the text ends in the middle",
        "{\"a\":\"\\x\"} | character 8: expected one of \"\\/bfnrtu after a backslash, found 'x'",
        "{\"a\":\"\\u12g4\"} | character 11: expected four hexadecimal digits, found 'g'",
        "{\"a\":1} x | character 9: expected the end, found 'x'",
        "{\"a\":1,\"a\":1} | character 8: the key 'a' is there twice",
        "{\"a\":\"\t\"} | character 7: expected no control character in a text, found '\\t'"
      })
  void namesTheCharacterThatIsWrong(String json, String message) {
    assertThatThrownBy(() -> Json.readObject(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource({"12e999", "0.001e-999", "12.5E+999"})
  void refusesNumberThatItCouldNotReadAgain(String number) {
    assertThatThrownBy(() -> value(number))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "character 6: a number is written with an exponent of more than 3 digits, or is too"
                + " long");
  }

  @Test
  void readsWhatItWritesOfEachNumber() {
    for (String number : new String[] {"1e999", "-0.0", "1.5e-3", "1e400", "0e999", "1.0E10"}) {
      String written = Json.write(value(number));
      assertThat(Json.write(value(written))).isEqualTo(written);
    }
  }

  @Test
  void refusesNumbersOfMoreThanAThousandCharacters() {
    assertThat(value("7".repeat(1_000))).isEqualTo(new BigInteger("7".repeat(1_000)));

    for (String more : List.of("7".repeat(1_001), "0." + "7".repeat(1_000))) {
      assertThatThrownBy(() -> value(more))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("character 6: a number has more than 1000 characters");
    }
  }

  @Test
  void refusesWhatIsNestedTooDeep() {
    String deep = "[".repeat(99) + "]".repeat(99);
    assertThat(value(deep)).isInstanceOf(List.class);

    assertThatThrownBy(() -> value("[" + deep + "]"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("more than 100 objects and arrays in each other");
  }
}
