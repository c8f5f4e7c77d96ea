package dev.fluke.alert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No text of an alert is longer than 2 KiB. */
@Tag("rule-28")
class TruncationTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "ä", "€", "😀"})
  void keepsTwoKibibytes(String character) {
    int width = character.getBytes(UTF_8).length;
    String longest = "x".repeat(2048 % width) + character.repeat(2048 / width);

    assertThat(longest.getBytes(UTF_8)).hasSize(2048);
    assertThat(Truncation.text(longest)).isEqualTo(longest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "ä", "€", "😀"})
  void cutsLongerTextBetweenTwoCharacters(String character) {
    int width = character.getBytes(UTF_8).length;
    for (int before = 0; before < 4; before++) {
      String start = "x".repeat(before);

      String shortened = Truncation.text(start + character.repeat(3000));

      int kept = (2048 - 3 - before) / width;
      assertThat(shortened).isEqualTo(start + character.repeat(kept) + "…");
      assertThat(shortened.getBytes(UTF_8).length).isBetween(2048 - 3, 2048);
    }
  }

  @Test
  void countsHalvesOfSurrogatePairs() {
    assertThat(Truncation.text("\ud800".repeat(3000))).isEqualTo("\ud800".repeat(2045 / 3) + "…");
  }

  @Test
  void cutsTextsInsideMapsAndLists() {
    String longer = "x".repeat(5000);
    String cut = "x".repeat(2045) + "…";

    assertThat(
            Truncation.value(
                Map.of("steps", List.of(Map.of("found", longer, "at", List.of(1, true, longer))))))
        .isEqualTo(Map.of("steps", List.of(Map.of("found", cut, "at", List.of(1, true, cut)))));
  }

  @Test
  void cutsObjectsByTheirText() {
    Object talkative =
        new Object() {
          @Override
          public String toString() {
            return "y".repeat(5000);
          }
        };

    assertThat(Truncation.value(List.of(talkative, Duration.ofSeconds(1), 7L, false)))
        .isEqualTo(List.of("y".repeat(2045) + "…", "PT1S", 7L, false));
  }
}
