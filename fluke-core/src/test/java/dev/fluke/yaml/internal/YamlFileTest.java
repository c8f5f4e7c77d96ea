package dev.fluke.yaml.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** One file: its root, or its problems. */
class YamlFileTest {
  private final Problems problems = new Problems("a.yaml");

  private Node read(String yaml) {
    return YamlFile.read(yaml.getBytes(UTF_8), problems);
  }

  private List<String> found() {
    return problems.found().stream().map(Object::toString).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing\n", "---\n", "\ufeff"})
  void hasNoRootAndNoProblemIfItIsEmpty(String yaml) {
    assertThat(read(yaml)).isNull();
    assertThat(found()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0644", "NO", "1.10", "~", "2024-01-02"})
  void leavesScalarsAsText(String typed) {
    assertThat(read(typed))
        .isInstanceOfSatisfying(
            ScalarNode.class, scalar -> assertThat(scalar.getValue()).isEqualTo(typed));
  }

  @Test
  void refusesMoreThanOneMebibyte() {
    assertThat(YamlFile.read(new byte[1024 * 1024 + 1], problems)).isNull();
    assertThat(found())
        .containsExactly("a.yaml:1:1: has 1048577 bytes, at most 1 MiB is read; split the file");
  }

  @Test
  void countsCharactersOutsideTheBasicPlaneAsOneColumn() {
    assertThat(read("a: \ud83d\ude00\0")).isNull();
    assertThat(found())
        .containsExactly(
            "a.yaml:1:5: the character U+0000 is not allowed in YAML; in double quotes it can be"
                + " written as an escape");
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    assertThat(YamlFile.read(new byte[] {'a', ':', '\n', ' ', (byte) 0xfc}, problems)).isNull();
    assertThat(found())
        .containsExactly("a.yaml:2:2: is not UTF-8 from here on; save the file as UTF-8");
  }
}
