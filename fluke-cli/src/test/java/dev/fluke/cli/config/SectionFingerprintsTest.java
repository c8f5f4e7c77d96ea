package dev.fluke.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.yaml.internal.Problems;
import dev.fluke.yaml.internal.YamlFile;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SectionFingerprintsTest {
  private static Map<String, Integer> of(String yaml, String value) {
    return SectionFingerprints.of(
        Objects.requireNonNull(
            YamlFile.read(yaml.getBytes(StandardCharsets.UTF_8), new Problems("f.yaml"))),
        new Environment(Map.of("VARIABLE", value)));
  }

  @Test
  void ignoresFormattingAndReloadedSections() {
    assertThat(of("log: { level: info }\nagents: { a: {} }\ninventories: []\n", ""))
        .containsOnlyKeys("log")
        .isEqualTo(of("# comment\nlog:\n  level: 'info'\n", ""));
  }

  @Test
  void changesWithAValueAndWithAVariable() {
    assertThat(of("a: x\nb: $VARIABLE\n", "1"))
        .isNotEqualTo(of("a: y\nb: $VARIABLE\n", "1"))
        .isNotEqualTo(of("a: x\nb: $VARIABLE\n", "2"))
        .isEqualTo(of("a: x\nb: '1'\n", ""));
  }

  @Test
  void isEmptyForOtherRoots() {
    assertThat(of("[ a ]\n", "")).isEmpty();
  }
}
