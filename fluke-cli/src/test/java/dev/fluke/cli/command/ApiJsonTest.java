package dev.fluke.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiJsonTest {

  @Test
  void readsAbsentAndWrongValuesAsEmpty() {
    Map<String, Object> response = Map.of("list", "text", "object", 7);

    assertThat(ApiJson.all(response, "list")).isEmpty();
    assertThat(ApiJson.all(response, "none")).isEmpty();
    assertThat(ApiJson.one(response, "object")).isEmpty();
    assertThat(ApiJson.text(response, "none")).isEmpty();
    assertThat(ApiJson.text(response, "object")).isEqualTo("7");
  }

  @ParameterizedTest
  @CsvSource({
    "'IN_SYNC REMEDIATED APPLIED', 0",
    "'', 0",
    "'IN_SYNC DRIFTED', 2",
    "SKIPPED, 2",
    "'UNREACHABLE DRIFTED', 4",
    "'UNREACHABLE FAILED', 3",
    "NON_CONVERGENT, 3",
    "UNKNOWN, 3",
    "CANCELLED, 3"
  })
  void letsTheWorstOutcomeDecide(String outcomes, int status) {
    List<Map<String, Object>> tasks =
        Stream.of(outcomes.split(" "))
            .map(each -> Map.<String, Object>of("outcome", each))
            .toList();

    assertThat(ApiJson.status(tasks)).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({"IN_SYNC, 0", "WOULD_BE_APPLIED, 2", "NOT_KNOWN_YET, 2", "UNKNOWN, 3"})
  void countsVerdictsOfSteps(String verdict, int status) {
    Map<String, Object> task = Map.of("steps", List.of(Map.of("verdict", verdict)));

    assertThat(ApiJson.status(List.of(task))).isEqualTo(status);
  }

  @Test
  void showsDifferencesOrElseTheMessage() {
    Map<String, Object> differing =
        Map.of(
            "differences",
            List.of(
                Map.of("what", "mode", "expected", "644", "found", "600"),
                Map.of("what", "owner", "expected", "root", "found", "ann")),
            "message",
            "not shown");

    assertThat(ApiJson.differences(differing))
        .isEqualTo("mode should be '644', is '600'; owner should be 'root', is 'ann'");
    assertThat(ApiJson.differences(Map.of("message", "timed out"))).isEqualTo("timed out");
    assertThat(ApiJson.differences(Map.of())).isEmpty();
  }
}
