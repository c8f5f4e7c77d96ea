package dev.fluke.yaml.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nodes that readers must not walk. */
class NodeCheckTest {

  @Tag("M02")
  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "a: &x [*x] => 1:4: the anchor contains itself",
        "a: !x b => 1:4: unknown tag !x; put quotes around text that begins with '!'",
        "a: !!set {b} => 1:4: unknown tag tag:yaml.org,2002:set; put quotes around text that begins"
            + " with '!'",
      })
  void refusesCyclesAndUnknownTags(String yaml, String problem) {
    Problems problems = new Problems("a.yaml");

    assertThat(YamlFile.read(yaml.getBytes(UTF_8), problems)).isNull();
    assertThat(problems.found()).singleElement().hasToString("a.yaml:" + problem);
  }

  @ParameterizedTest
  @CsvSource({"'a: &x [1]\nb: *x\nc: *x'", "'a: !!str 1'", "'{ a: { b: [ c ] } }'"})
  void acceptsAliasesAndPlainTags(String yaml) {
    Problems problems = new Problems("a.yaml");

    assertThat(YamlFile.read(yaml.getBytes(UTF_8), problems)).isNotNull();
    assertThat(problems.found()).isEmpty();
  }
}
