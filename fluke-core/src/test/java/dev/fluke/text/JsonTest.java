package dev.fluke.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {

  @Test
  void writesMapsInTheirOrderAndNestedValues() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("b", List.of(1, 2.5, true));
    map.put("a", Map.of("x", List.of()));
    map.put("c", Duration.ofSeconds(5));

    assertThat(Json.write(map)).isEqualTo("{\"b\":[1,2.5,true],\"a\":{\"x\":[]},\"c\":\"PT5S\"}");
    assertThat(Json.write(Map.of())).isEqualTo("{}");
  }

  @Tag("Z05")
  @ParameterizedTest
  @CsvSource({
    "0022, '\"\\\"\"'",
    "005c, '\"\\\\\"'",
    "000a, '\"\\n\"'",
    "000d, '\"\\r\"'",
    "0009, '\"\\t\"'",
    "0000, '\"\\u0000\"'",
    "001b, '\"\\u001b\"'",
    "007f, '\"\\u007f\"'",
    "0085, '\"\\u0085\"'",
    "00ad, '\"\\u00ad\"'",
    "202e, '\"\\u202e\"'",
    "2028, '\"\\u2028\"'",
    "2029, '\"\\u2029\"'",
    "d800, '\"\\ud800\"'",
    "dfff, '\"\\udfff\"'",
    "00e4, '\"ä\"'",
  })
  void escapesWhatCouldHideOrBreakALine(String code, String json) {
    assertThat(Json.write(String.valueOf((char) Integer.parseInt(code, 16)))).isEqualTo(json);
  }

  @Test
  void keepsSurrogatePairsAndEscapesHalves() {
    assertThat(Json.write("\ud83d\ude00\ude00\ud83d")).isEqualTo("\"😀\\ude00\\ud83d\"");
  }

  @Test
  void escapesKeysToo() {
    assertThat(Json.write(Map.of("a\n\"", 1))).isEqualTo("{\"a\\n\\\"\":1}");
  }
}
