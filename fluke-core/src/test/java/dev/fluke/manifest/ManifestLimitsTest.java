package dev.fluke.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that would be a burden: each gives its error, soon and with little memory. */
@Timeout(5)
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
    long before = used();

    List<String> wrong = Yaml.wrong(bomb.toString());

    assertThat(wrong)
        .containsExactly("1:1: has more than 100,000 values, aliases counted as they are used");
    assertThat(used() - before).isLessThan(16L * 1024 * 1024);
  }

  private static long used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  @Tag("M04")
  @ParameterizedTest
  @ValueSource(ints = {51, 60, 10_000, 100_000})
  void manyLevels(int levels) {
    assertThat(Yaml.wrong("[".repeat(levels)))
        .containsExactly("1:51: is no YAML: nested deeper than 50 levels");
    assertThat(Yaml.wrong("{a: ".repeat(levels)))
        .containsExactly("1:201: is no YAML: nested deeper than 50 levels");
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
  void aLargeFile() {
    byte[] large = ("a: " + "x".repeat(4 * 1024 * 1024)).getBytes(UTF_8);

    assertThat(Yaml.wrongBytes(Map.of("a.fluke.yaml", large)))
        .containsExactly(
            "a.fluke.yaml:1:1: has 4194307 bytes, at most 1 MiB is read; split the file");
  }
}
