package dev.fluke.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.yaml.internal.Problems;
import dev.fluke.yaml.internal.YamlFile;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

class EnvironmentTest {
  private final Problems problems = new Problems("f.yaml");
  private final Environment environment =
      new Environment(Map.of("ONE", "1", "SECRET", "ca\u202enary", "TOKEN", "canary"));

  private Node node(String yaml) {
    return Objects.requireNonNull(YamlFile.read(yaml.getBytes(StandardCharsets.UTF_8), problems));
  }

  private String replaced(String text) {
    return environment.replacedIn((ScalarNode) node("'" + text + "'"), "thing", problems);
  }

  @ParameterizedTest
  @CsvSource({
    "plain, plain",
    "$ONE, 1",
    "a${ONE}b$ONE, a1b1",
    "$$ONE, $ONE",
    "$$, $",
    "$ONE$ONE, 11",
    "$ONE-x, 1-x"
  })
  void replacesVariables(String text, String replaced) {
    assertThat(replaced(text)).isEqualTo(replaced);
    assertThat(problems.found()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$OTHER | the environment variable 'OTHER' is not set; set it, or write $$ for a dollar sign",
        "$TOKN  | the environment variable 'TOKN' is not set; did you mean 'TOKEN'?",
        "${NONE | '$' is not followed by a name; write $$ for a dollar sign",
        "5 $    | '$' is not followed by a name; write $$ for a dollar sign",
        "$1     | '$' is not followed by a name; write $$ for a dollar sign"
      })
  void reportsWhatItCantReplace(String text, String problem) {
    assertThat(replaced(text)).isNull();
    assertThat(problems.found())
        .extracting(Object::toString)
        .containsExactly("f.yaml:1:1: thing: " + problem);
  }

  @Test
  void replacesAllTextsBelowANodeInOrder() {
    assertThat(environment.replacedBelow(node("{ a: $ONE, b: [ x, { c: $$ } ] }")))
        .containsExactly("a", "1", "b", "x", "c", "$");
  }

  @Test
  void hidesTheValuesThatItUsed() {
    assertThat(environment.mask().hide("canary")).isEqualTo("canary");
    replaced("$TOKEN $SECRET $ONE");

    assertThat(environment.mask().hide("x canary y")).isEqualTo("x *** y");
    assertThat(environment.mask().hide("ca\u202enary, escaped ca\\u202enary"))
        .isEqualTo("***, escaped ***");
    assertThat(environment.mask().hide("1")).as("too short to hide").isEqualTo("1");
  }
}
