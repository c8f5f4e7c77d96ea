package dev.fluke.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnifiedDiffTest {

  private static String diff(String found, String declared) {
    return UnifiedDiff.of("/f", found.getBytes(UTF_8), declared.getBytes(UTF_8));
  }

  @Test
  void showsHunksWithContext() {
    assertThat(diff("a\nb\nc\n", "a\nB\nc\n"))
        .isEqualTo("--- /f as found\n+++ /f as declared\n@@ -1,3 +1,3 @@\n a\n-b\n+B\n c");
  }

  @Test
  void saysWhenTheLastNewlineIsMissing() {
    assertThat(diff("a", "a\n")).endsWith("@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a");
  }

  @Test
  void escapesControlCharacters() {
    assertThat(diff("\u001b[31m\r\n", "")).contains("-\\u001b[31m").doesNotContain("\u001b");
  }

  @Test
  void cutsLongLines() {
    String line = diff("", "x".repeat(500)).lines().skip(3).findFirst().orElseThrow();

    assertThat(line).hasSize(120).endsWith("x…");
  }

  @Test
  void cutsManyLines() {
    assertThat(diff("", "x\n".repeat(100))).hasLineCount(41).endsWith("\n… 63 more lines");
  }

  @Test
  void knowsTextFromBytes() {
    byte[] text = "text".getBytes(UTF_8);
    byte[] binary = {'a', 0, 'b'};

    assertThat(UnifiedDiff.isText(text, new byte[0])).isTrue();
    assertThat(UnifiedDiff.isText(text, binary)).isFalse();
    assertThat(UnifiedDiff.isText(binary, text)).isFalse();
  }
}
