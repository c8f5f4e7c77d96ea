package dev.fluke.yaml.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.nodes.MappingNode;

/** Entries that are taken, and entries that are left. */
class MappingTest {
  private final Problems problems = new Problems("a.yaml");

  private Mapping read(String yaml) {
    return Mapping.of(
        requireNonNull(YamlFile.read(yaml.getBytes(UTF_8), problems)), "fleet", "a map", problems);
  }

  private List<String> found() {
    return problems.found().stream().map(Object::toString).toList();
  }

  @Test
  void reportsWhatWasNotTaken() {
    Mapping mapping = read("port: 1\nhots: b\nuser:ann: c\n");

    assertThat(mapping.take("port")).extracting("name").isEqualTo("port");
    assertThat(mapping.take("host")).isNull();
    mapping.nothingElse("key", List.of("host", "port"));

    assertThat(found())
        .containsExactly(
            "a.yaml:2:1: fleet: unknown key 'hots'; did you mean 'host'? Known: host, port",
            "a.yaml:3:1: fleet: unknown key 'user:ann'; put a space after a ':' that ends a key");
  }

  @Test
  void keepsTheFirstOfDuplicateKeys() {
    Mapping mapping = read("a: 1\na: 2\n");

    assertThat(mapping.entries()).hasSize(1);
    assertThat(found())
        .containsExactly(
            "a.yaml:2:1: fleet: key 'a' is a duplicate, first at 1:1; remove one of the two");
  }

  @Test
  void isEmptyIfTheNodeIsSomethingElse() {
    Mapping mapping = read("[a, b]");

    assertThat(mapping.isMapping()).isFalse();
    assertThat(mapping.isEmpty()).isTrue();
    assertThat(found()).containsExactly("a.yaml:1:1: fleet: must be a map, is a list");
  }

  @Test
  void reportsMisplacedMappingsWithAHint() {
    Mapping mapping = read("web: { x: y }\nagent: { x: y }\n");

    mapping.misplaced(MappingNode.class, List.of("agents"), "put '%s' below 'agents'");

    assertThat(found())
        .containsExactly("a.yaml:1:1: fleet: unknown key 'web'; put 'web' below 'agents'");
    assertThat(mapping.entries()).extracting(Mapping.Entry::name).containsExactly("agent");
  }
}
