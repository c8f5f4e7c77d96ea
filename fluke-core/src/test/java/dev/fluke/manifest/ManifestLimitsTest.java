package dev.fluke.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
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
}
