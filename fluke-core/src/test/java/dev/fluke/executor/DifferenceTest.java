package dev.fluke.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class DifferenceTest {

  @Test
  void printsOneLine() {
    assertThat(new Difference("te\nxt", "a\nb", "\u001b[2J"))
        .hasToString("te\\nxt should be 'a\\nb', is '\\u001b[2J'");
    assertThat(new Difference("100%", "%s", "%d")).hasToString("100% should be '%s', is '%d'");
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
