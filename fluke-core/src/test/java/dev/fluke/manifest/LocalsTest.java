package dev.fluke.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
