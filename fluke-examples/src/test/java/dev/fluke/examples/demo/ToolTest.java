package dev.fluke.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolTest {
  @TempDir Path dir;

  @Test
  void returnsWhatTheProgramPrinted() throws Exception {
    assertThat(Tool.run(dir, "sh", "-c", "pwd; echo ' b ' >&2"))
        .isEqualTo(dir.toRealPath() + "\n b");
  }

  @Test
  void failsWithTheOutputOfAProgramThatFails() {
    assertThatThrownBy(() -> Tool.run(dir, "sh", "-c", "echo gone; exit 3"))
        .isInstanceOf(IOException.class)
        .hasMessage("sh -c echo gone; exit 3: gone");
  }
}
