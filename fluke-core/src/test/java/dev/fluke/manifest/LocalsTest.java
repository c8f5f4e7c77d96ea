package dev.fluke.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of a file that stand for texts. */
class LocalsTest {

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "${local.a} => 1",
        "x${local.a}y${local.b-c}z => x1y2z",
        "${local.all} => 1 and 2",
        "$${local.a} => ${local.a}",
        "$$${local.a} => $${local.a}",
        "${HOME} ${local} => ERROR",
        "${localhost} $local ${LOCAL.a} ${localstatedir} => ${localhost} $local ${LOCAL.a}"
            + " ${localstatedir}",
        "${DOMAIN:-app.example.com} => ${DOMAIN:-app.example.com}",
        "${local.once} => ${local.a}",
        "${local.a => ERROR",
        "${local. a} => ERROR",
        "${local.a:-b} => ERROR",
        "${locals.a} => ERROR",
        "${local.} => ERROR",
      })
  void areReplacedOnceAndAllElseIsTheShells(String text, String becomes) throws Exception {
    String yaml =
        "locals: { a: 1, b-c: 2, all: '${local.a} and ${local.b-c}', once: '$${local.a}' }\n"
            + Yaml.step("check: '" + text + "'");

    if (becomes.equals("ERROR")) {
      assertThat(Yaml.wrong(yaml))
          .singleElement()
          .asString()
          .startsWith("7:16: task 't': step 's'");
    } else {
      assertThat(Yaml.value(yaml, "check")).isEqualTo(becomes);
    }
  }

  @Test
  void standInLabelsAndFlagsAndTimesToo() throws Exception {
    String yaml =
        """
        locals: { role: web, on: "false", time: 5m }
        tasks:
          t:
            selector: { match_labels: { role: "${local.role}" } }
            steps: [ { probe: s, check: x, enabled: "${local.on}", settle: "${local.time}" } ]
        """;

    assertThat(Yaml.good(yaml).tasks().get(0).selector()).hasToString("role is web");
    assertThat(Yaml.value(yaml, "enabled")).isEqualTo(false);
    assertThat(Yaml.value(yaml, "settle")).isEqualTo(java.time.Duration.ofMinutes(5));
  }

  @Tag("M11")
  @Test
  void aCircleIsShownWithItsWay() {
    String yaml = "locals: { a: 'x${local.b}', b: '${local.c}', c: '${local.a}' }\ntasks: {}\n";

    assertThat(Yaml.wrong(yaml))
        .containsExactly("1:14: local 'a': refers to itself: a > b > c > a");
  }

  @Tag("M03")
  @Test
  void areCountedBeforeTheyAreReplaced() {
    StringBuilder yaml = new StringBuilder("locals:\n  l0: '0123456789'\n");
    for (int i = 1; i < 40; i++) {
      yaml.append("  l%d: '${local.l%d}${local.l%2$d}'\n".formatted(i, i - 1));
    }
    yaml.append(Yaml.step("check: ${local.l39}"));

    assertThat(Yaml.wrong(yaml.toString()))
        .containsExactly(
            "19:8: local 'l17': has more than 1,048,576 characters with its locals replaced; use"
                + " fewer or shorter ones");
  }

  @Tag("M03")
  @Test
  void areCountedTogether() {
    StringBuilder yaml = new StringBuilder("locals:\n  a: '" + "x".repeat(500_000) + "'\n");
    for (int i = 0; i < 9; i++) {
      yaml.append("  l%d: '${local.a}'\n".formatted(i));
    }

    assertThat(Yaml.wrong(yaml.toString()))
        .containsExactly(
            "10:7: local 'l7': the locals of this file have more than 4 MiB of text, with the"
                + " locals in them replaced; shorten them");
  }

  @Tag("M03")
  @Test
  void areCountedInEachValue() {
    String yaml =
        "locals: { a: '"
            + "x".repeat(500_000)
            + "' }\n"
            + Yaml.step("check: '${local.a}${local.a}${local.a}'");

    assertThat(Yaml.wrong(yaml))
        .containsExactly(
            "7:16: task 't': step 's': 'check': has more than 1,048,576 characters with its locals"
                + " replaced; use fewer or shorter ones");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void referToEachOtherFiftyTimesInARow(boolean usedFirst) throws Exception {
    assertThat(Yaml.value(row(50, usedFirst), "check")).isEqualTo("x");
    assertThat(Yaml.wrong(row(51, usedFirst)))
        .singleElement()
        .asString()
        .endsWith(": more than 50 locals refer to each other in a row; write its text out");
  }

  private static String row(int length, boolean usedFirst) {
    StringBuilder yaml = new StringBuilder("locals:\n");
    for (int i = 1; i <= length; i++) {
      int each = usedFirst ? length + 1 - i : i;
      yaml.append(
          "  l%d: '%s'\n".formatted(each, each == 1 ? "x" : "${local.l" + (each - 1) + "}"));
    }
    return yaml + Yaml.step("check: ${local.l" + length + "}");
  }

  @Test
  void areNoPartOfNames() {
    String yaml =
        """
        locals: { a: b }
        tasks:
          x${local.a}:
            selector: { all: true }
            steps: [ { probe: 's${local.a}', check: x } ]
        """;

    assertThat(Yaml.wrong(yaml))
        .hasSize(2)
        .allMatch(told -> told.contains("U+0024 is not allowed"));
  }

  @Test
  void aNameThatIsNearIsSuggested() {
    assertThat(Yaml.wrong("locals: { app_dir: /x }\n" + Yaml.step("check: ${local.app_dri}")))
        .containsExactly(
            "7:16: task 't': step 's': 'check': unknown local 'app_dri'; did you mean 'app_dir'?");
  }
}
