package dev.fluke.executor;

import static dev.fluke.executor.CheckResult.drifted;
import static dev.fluke.executor.CheckResult.inSync;
import static dev.fluke.executor.CheckResult.unknown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rule-1")
class CheckResultTest {
  private static final CheckResult DRIFTED = drifted("state", "running", "stopped");
  private static final CheckResult UNKNOWN = unknown("no bus");

  @Test
  void foldsWithTheFunctionOfItsKind() {
    assertThat(kindOf(inSync())).isEqualTo("in sync");
    assertThat(kindOf(DRIFTED)).isEqualTo("drifted");
    assertThat(kindOf(UNKNOWN)).isEqualTo("unknown");
  }

  private static String kindOf(CheckResult result) {
    return result.fold(yes -> "in sync", no -> "drifted", unknown -> "unknown");
  }

  @Test
  void combinesToDriftBeforeUnknown() {
    assertThat(inSync().and(inSync())).isEqualTo(inSync());
    assertThat(inSync().and(UNKNOWN)).isEqualTo(UNKNOWN);
    assertThat(UNKNOWN.and(inSync())).isEqualTo(UNKNOWN);
    assertThat(UNKNOWN.and(DRIFTED)).isEqualTo(DRIFTED);
    assertThat(DRIFTED.and(UNKNOWN)).isEqualTo(DRIFTED);
    assertThat(inSync().and(DRIFTED)).isEqualTo(DRIFTED);
    assertThat(UNKNOWN.and(unknown("other"))).isEqualTo(UNKNOWN);
  }

  @Test
  void combinesAllDifferences() {
    CheckResult both = DRIFTED.and(drifted("enabled", "true", "false"));

    assertThat(both)
        .hasToString(
            "state should be 'running', is 'stopped'; enabled should be 'true', is 'false'");
  }

  @Test
  void refusesDriftWithoutADifference() {
    assertThatThrownBy(() -> new CheckResult.Drifted(List.of(), Optional.empty()))
        .hasMessageContaining("say what differs");
  }

  @Tag("Z05")
  @Test
  void printsADifferenceOnOneLine() {
    assertThat(drifted("text", "a\rb", "\u001b[31m" + "x".repeat(1000)))
        .asString()
        .startsWith("text should be 'a\\u000db', is '\\u001b[31mxxx")
        .endsWith("x…'")
        .hasLineCount(1)
        .hasSizeLessThan(550);
  }
}
