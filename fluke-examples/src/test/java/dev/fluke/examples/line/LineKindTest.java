package dev.fluke.examples.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.manifest.InvalidManifestException;
import dev.fluke.manifest.ManifestReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LineKindTest {
  private final ManifestReader reader = ManifestReader.of(new LineKind());

  private Object read(String fields) throws Exception {
    String yaml =
        "tasks: { t: { selector: { all: true }, steps: [ { line: l, " + fields + " } ] } }";
    return reader
        .read(Map.of("a.fluke.yaml", yaml.getBytes(StandardCharsets.UTF_8)))
        .tasks()
        .get(0)
        .steps()
        .get(0)
        .executor();
  }

  @Test
  void readsFileAndText() throws Exception {
    assertThat(read("file: /etc/hosts, text: a b")).isEqualTo(new Line("/etc/hosts", "a b"));
  }

  @Test
  void rejectsSeveralLines() {
    assertThatThrownBy(() -> read("file: /x, text: \"a\\nb\""))
        .isInstanceOf(InvalidManifestException.class)
        .hasMessageContaining("step 'l': 'text' has several lines; make a step of each");
  }

  @Test
  void requiresBothFields() {
    assertThatThrownBy(() -> read("file: /x")).hasMessageContaining("'text'");
    assertThatThrownBy(() -> read("text: x")).hasMessageContaining("'file'");
  }
}
