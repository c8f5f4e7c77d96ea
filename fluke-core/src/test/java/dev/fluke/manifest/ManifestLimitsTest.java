package dev.fluke.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that would be a burden: each gives its error, soon and with little memory. */
@Timeout(30)
class ManifestLimitsTest {

  @Tag("M02")
  @ParameterizedTest
  @ValueSource(strings = {"a: &x {b: *x}", "tasks: &x [*x]", "tasks: &x { ? *x : 1 }"})
  void anAnchorThatContainsItself(String yaml) {
    assertThat(Yaml.wrong(yaml))
        .singleElement()
        .asString()
        .startsWith("1:")
        .endsWith(": the anchor contains itself");
  }

  @Tag("M03")
  @Test
  void aBombOfAliases() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i <= 24; i++) {
      bomb.append("a").append(i).append(": &a").append(i);
      bomb.append(" [*a").append(i - 1).append(", *a").append(i - 1).append("]\n");
    }
    long before = allocated();
    long begun = System.nanoTime();

    List<String> wrong = Yaml.wrong(bomb.toString());

    assertThat(wrong)
        .containsExactly("1:1: has more than 100,000 values, aliases counted as they are used");
    assertThat(System.nanoTime() - begun).isLessThan(5_000_000_000L);
    assertThat(allocated() - before).isLessThan(16L * 1024 * 1024);
  }

  /** Bytes that this thread has taken from the heap so far, what was given back included. */
  private static long allocated() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  @Tag("M04")
  @ParameterizedTest
  @ValueSource(ints = {51, 60, 10_000, 100_000})
  void manyLevels(int levels) {
    assertThat(Yaml.wrong("[".repeat(levels)))
        .containsExactly("1:51: is not valid YAML: nested deeper than 50 levels");
    assertThat(Yaml.wrong("{a: ".repeat(levels)))
        .containsExactly("1:201: is not valid YAML: nested deeper than 50 levels");
  }

  @Tag("M04")
  @Test
  void aChainOfAliases() {
    StringBuilder chain = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i <= 5_000; i++) {
      chain
          .append("a")
          .append(i)
          .append(": &a")
          .append(i)
          .append(" [*a")
          .append(i - 1)
          .append("]\n");
    }

    assertThat(Yaml.wrong(chain.toString()))
        .singleElement()
        .asString()
        .endsWith(": nested deeper than 50 levels");
  }

  @Tag("M04")
  @Test
  void aLineAsLongAsAFileMayBe() throws Exception {
    String script = "x".repeat(1024 * 1024 - 100);

    assertThat(Yaml.value(Yaml.step("check: " + script), "check")).isEqualTo(script);
    assertThat(Yaml.wrong(script))
        .containsExactly("1:1: must be a mapping with 'tasks', and 'locals' if need be, is text");
    assertThat(Yaml.wrong(script + ": x"))
        .singleElement()
        .asString()
        .startsWith("1:1048477: is not valid YAML: ");
  }

  @Tag("M04")
  @Test
  void aLargeFile() {
    byte[] large = ("a: " + "x".repeat(4 * 1024 * 1024)).getBytes(UTF_8);

    assertThat(Yaml.wrongBytes(Map.of("a.fluke.yaml", large)))
        .containsExactly(
            "a.fluke.yaml:1:1: has 4194307 bytes, at most 1 MiB is read; split the file");
  }

  @Test
  void countsTextEachTimeAnAliasIsUsed() {
    String yaml =
        Yaml.step("check: &x '" + "x".repeat(900_000) + "'") + "      - { probe: a, check: *x }\n";
    StringBuilder more = new StringBuilder(yaml);
    for (int i = 0; i < 30; i++) {
      more.append("      - { probe: s%d, check: *x }\n".formatted(i));
    }

    assertThat(Yaml.wrong(more.toString()))
        .containsExactly(
            "6:16: task 't': step 's16': 'check': the values of the revision have more than 16 MiB"
                + " of text, counted each time an alias or a local is used; shorten them or put"
                + " text into files that steps name");
  }

  @Test
  void countsTheFilesThatStepsName() {
    StringBuilder yaml = new StringBuilder(Yaml.step("check: x"));
    for (int i = 0; i < 50; i++) {
      yaml.append("      - { probe: s%d, check: x, source: big }\n".formatted(i));
    }
    byte[] big = new byte[1024 * 1024];

    assertThatThrownBy(
            () -> Yaml.READER.read(Map.of("a.yaml", yaml.toString().getBytes(UTF_8)), path -> big))
        .hasMessage(
            "a.yaml:39:18: task 't': step 's32': with 'big', the files that steps name have more"
                + " than 32 MiB, counted each time one is named; name fewer or smaller files\n"
                + "a.yaml:40:9: from here on no step is read; name fewer or smaller files");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "env: { A0: x } => task 't': step 's': 'env': has 1,001 entries, at most 1,000 are allowed;"
            + " remove some",
        "unit: aaaaa => task 't': step 's': 'unit': has 5,001 characters, at most 4,095 are allowed",
        "working_dir: /aaaa => task 't': step 's': 'working_dir': has 5,001 characters, at most"
            + " 4,095 are allowed",
      })
  void limitsFields(String field, String problem) {
    StringBuilder entries = new StringBuilder();
    for (int i = 0; i <= 1_000; i++) {
      entries.append("A%d: x, ".formatted(i));
    }
    String large =
        field
            .replace("A0: x ", entries)
            .replaceFirst("a+$", "a".repeat(field.endsWith("/aaaa") ? 5_000 : 5_001));

    assertThat(Yaml.wrong(Yaml.step("check: x\n" + large)))
        .singleElement()
        .asString()
        .endsWith(": " + problem);
  }

  @ParameterizedTest
  @CsvSource({"100, 0", "101, 1", "60+41, 1", "60+40, 0"})
  void limitsTheConditionsOfASelector(String counts, int problems) {
    String[] both = (counts + "+0").split("\\+", -1);
    StringBuilder labels = new StringBuilder("match_labels: {");
    for (int i = 0; i < Integer.parseInt(both[0]); i++) {
      labels.append(" k%d: v,".formatted(i));
    }
    labels.append(" }");
    if (!both[1].equals("0")) {
      labels.append(", match_expressions: [");
      labels.append(" { key: a, exists: true },".repeat(Integer.parseInt(both[1]))).append(" ]");
    }
    String yaml = Yaml.step("check: x").replace("all: true", labels);
    if (problems == 0) {
      assertThatCode(() -> Yaml.good(yaml)).doesNotThrowAnyException();
      return;
    }
    assertThat(Yaml.wrong(yaml))
        .singleElement()
        .asString()
        .startsWith("3:")
        .endsWith("selector: has 101 conditions, at most 100 are allowed; remove some");
  }

  @Test
  void limitsTheValuesOfACondition() {
    String condition = "match_expressions: [ { key: a, in: [ " + "v, ".repeat(1_000) + "v ] } ]";
    assertThat(Yaml.wrong(Yaml.step("check: x").replace("all: true", condition)))
        .containsExactly(
            "3:52: task 't': selector: 'in': has 1,001 values, at most 1,000 are allowed; remove"
                + " some");
  }

  @Test
  void listsAThousandProblemsAndSaysWhatIsNotRead() {
    String wrong =
        IntStream.range(0, 600).mapToObj("x%d: y\n"::formatted).collect(Collectors.joining());
    List<String> problems =
        Yaml.wrong(Map.of("a.yaml", wrong, "b.yaml", wrong, "c.yaml", wrong, "d.yaml", wrong));

    assertThat(problems).hasSize(1_201);
    assertThat(problems.get(1_200))
        .isEqualTo(
            "c.yaml:1:1: this file and 1 more are not read; correct the other problems first");
  }
}
