package dev.fluke.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class DifferenceTest {

  @Test
  void printsOneLine() {
    assertThat(new Difference("te\nxt", "a\rb", "\u001b[2J"))
        .hasToString("te\\nxt should be 'a\\u000db', is '\\u001b[2J'");
    assertThat(new Difference("100%", "%s", "%d")).hasToString("100% should be '%s', is '%d'");
  }

  @Test
  void showsTheChangesOfTextsOfSeveralLines() {
    Difference difference = new Difference("text", "a\nB\nc\n", "a\nb\nc\n");

    assertThat(difference).hasToString("text differs: 1 line removed, 1 added");
    assertThat(difference.lines()).containsExactly("@@ -1,3 +1,3 @@", " a", "-b", "+B", " c");
  }

  @Test
  void showsAFoundTextOfSeveralLinesAsItIs() {
    Difference difference = new Difference("check", "exit status 0", "exit status 1:\n\u001b[2J\n");

    assertThat(difference.summary())
        .isEqualTo("check should be 'exit status 0', is 'exit status 1: …'");
    assertThat(difference.lines()).containsExactly("exit status 1:", "\\u001b[2J");
  }

  @Test
  void showsADiffAsItIs() {
    String diff = "--- /f as found\n+++ /f as declared\n@@ -1 +1 @@\n-a\n+b";
    Difference difference = new Difference("content", "2 bytes", diff);

    assertThat(difference).hasToString("content differs: 1 line removed, 1 added");
    assertThat(difference.lines()).isEqualTo(diff.lines().toList());
  }

  @Test
  void hasNoLinesForShortValues() {
    assertThat(new Difference("state", "running", "stopped\n").lines()).isEmpty();
  }

  @Test
  void cutsValuesAfter500Characters() {
    assertThat(new Difference("text", "x".repeat(500), "y".repeat(501)))
        .hasToString("text should be '%s', is '%s…'".formatted("x".repeat(500), "y".repeat(499)));
  }

  @Test
  void changesEachText() {
    assertThat(new Difference("a", "b", "c").map(text -> text.toUpperCase(Locale.ROOT)))
        .isEqualTo(new Difference("A", "B", "C"));
  }

  @Test
  void refusesNull() {
    assertThatThrownBy(() -> new Difference(null, "", "")).hasMessage("what");
    assertThatThrownBy(() -> new Difference("", null, "")).hasMessage("expected");
    assertThatThrownBy(() -> new Difference("", "", null)).hasMessage("found");
  }
}
