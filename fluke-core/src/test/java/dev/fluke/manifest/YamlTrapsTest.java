package dev.fluke.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What YAML holds in store for people is said in plain words, with a place and a way out. */
@Tag("M10")
class YamlTrapsTest {
  private static final String WHOLE_TEXT =
      "; put quotes around the whole text, or write it on lines of its own below a '|'";

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "a: 1\\n---\\nb: 2\\n => 2:1: is not valid YAML: another document begins here; split the file, which can hold only one",
        "tasks:\\n\\tt: {} => 2:1: is not valid YAML: the indentation contains a tab; indent with spaces",
        "a: \\u0000 => 1:4: the character U+0000 is not allowed in YAML; in double quotes it can be"
            + " written as an escape",
        "a: !!java.net.URL [x] => 1:4: unknown tag tag:yaml.org,2002:java.net.URL; put"
            + " quotes around text that begins with '!'",
        "tasks:\\n  t: { env: { NODE: ${local.node} } } => 2:22: is not valid YAML: expected ',' or '}',"
            + " but got {; inside { } and [ ] put quotes around ${…}",
        "tasks: {\\n  t: { a: b\\n  u: c }\\n => 3:4: is not valid YAML: expected ',' or '}', but got :;"
            + " a { or [ may not be closed, such as the one at 2:6",
        "tasks:\\n  <<: { a: b } => 2:3: tasks: merging with '<<' is not supported; write the"
            + " entries out",
        "tasks: { [a]: b } => 1:10: tasks: a key must be text, is a list; quote it",
        "!tasks => 1:1: unknown tag !tasks; put quotes around text that begins with '!'",
        "- a => 1:1: must be a mapping with 'tasks', and 'locals' if need be, is a list",
        "tasks:\\n  t:\\n    steps: []\\n   selector: x => 4:4: is not valid YAML: its indentation matches no line above it; indent it like the lines that it belongs to",
        "tasks:\\n  t: x\\n    selector: y => 3:13: is not valid YAML: its indentation matches no line above it; indent it like the lines that it belongs to",
        "locals:\\n  a: \"x\\n  b: y\\n => 2:6: is not valid YAML: the quote that begins here is not closed",
        "tasks:\\nweb:\\n  selector: x => 2:1: unknown key 'web'; if it is a task, indent it below"
            + " 'tasks'",
        "tasks:\\n  t:\\n    selector:{ all: true } => 3:5: task 't': unknown key 'selector:{ all';"
            + " put a space after a ':' that ends a key",
        "tasks:\\n  t:\\n    selector: { role: web } => 3:17: task 't': selector: unknown key 'role'; put labels into match_labels: { role: … }",
        "tasks:\\n  t:\\n    selector: { match_labels: { role: [a, b] } } => 3:39: task 't':"
            + " selector: label 'role': must be text, is a list; to allow several values, write match_expressions: [ { key: role, in: [ … ] } ]",
        "tasks:\\n  t:\\n    steps: { probe: s } => 3:12: task 't': 'steps' must be a list with at"
            + " least one step, is a mapping; begin each step with '- '",
        "locals: { a: [x] }\\ntasks: { t: { description: '${local.a}' } } => 1:14: local 'a': must"
            + " be text, is a list",
      })
  void aFileIsToldWhatIsWrongWithIt(String yaml, String told) {
    String text = yaml.replace("\\n", "\n").replace("\\t", "\t").replace("\\u0000", "\0");

    assertThat(Yaml.wrong(text)).contains(told);
  }

  /** What a shell takes for text, and YAML for something else. */
  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "! test -e /x => 6:16: YAML drops a '!' here; put quotes around the whole text",
        "!test -e /x => 6:16: unknown tag !test; put quotes around text that begins with" + " '!'",
        "[ -f /x ] && true => 6:27: is not valid YAML: unexpected character found &(38)%s",
        "[ -f /x ] => 6:16: task 't': step 's': 'check': must be text, is a list; put quotes around"
            + " text that begins with [",
        "{ ls; } => 6:16: task 't': step 's': 'check': must be text, is a mapping; put quotes around"
            + " text that begins with {",
        "\"$X\" = y => 6:21: is not valid YAML: the text continues after its end%s",
        "grep 'a: b' /x => 6:23: is not valid YAML: ': ' turns the text before it into a key%s",
        "`id` => 6:16: is not valid YAML: found character '`' that cannot start any token%s",
        "%% => 6:16: is not valid YAML: found character '%%' that cannot start any token%s",
        "*x => 6:16: is not valid YAML: found undefined alias x%s",
        "> /x => 6:18: is not valid YAML: expected a comment or a line break, but found /(47)%s",
      })
  void textOfTheShellThatYamlTakesForSomethingElse(String check, String told) {
    assertThat(Yaml.wrong(Yaml.step("check: " + check.replace("%%", "%"))))
        .containsExactly(told.replace("%%", "%").replace("%s", WHOLE_TEXT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"'! test -e /x'", "\"! test -e /x\"", "|-\n  ! test -e /x"})
  void aNegatedCheckInQuotesIsWhatWasTyped(String check) throws Exception {
    assertThat(Yaml.value(Yaml.step("check: " + check), "check")).isEqualTo("! test -e /x");
  }

  @Test
  void bytesThatAreNoUtf8AreSaidWithTheirPlace() {
    byte[] latin = "a: b\nc: \u00fc\n".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(Yaml.wrongBytes(Map.of("a.fluke.yaml", latin)))
        .containsExactly("a.fluke.yaml:2:4: is not UTF-8 from here on; save the file as UTF-8");
  }
}
