package dev.fluke.command.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ShellScriptTest {
  private static final ShellScript SAMPLE =
      ShellScript.resource(ShellScriptTest.class, "sample.sh");

  @Test
  void fillsInEachPlaceholderAndLeavesOutComments() {
    assertThat(SAMPLE.with("WHAT", "a b").with("TENTHS", 50).text())
        .isEqualTo(
            """
            {
            if [ -n "$HOME" ]; then
            printf '%s # %s' a b "$@"
            k=50
            echo a b
            fi
            }""");
  }

  @Test
  void insertsAValueAsItIsOrQuoted() {
    ShellScript echo = ShellScript.parse("echo.sh", "echo @TEXT@\n");

    assertThat(echo.with("TEXT", "$HOME").text()).isEqualTo("echo $HOME");
    assertThat(echo.withQuoted("TEXT", "it's $HOME").text()).isEqualTo("echo 'it'\\''s $HOME'");
    assertThatThrownBy(() -> echo.withQuoted("TEXT", "a\0b")).hasMessageContaining("NUL");
  }

  @Test
  void leavesTheOriginalAsItWas() {
    ShellScript echo = ShellScript.parse("echo.sh", "echo @TEXT@");

    assertThat(echo.with("TEXT", "one").text()).isEqualTo("echo one");
    assertThat(echo.with("TEXT", "two").text()).isEqualTo("echo two");
  }

  @Test
  void takesNoPlaceholderFromAValue() {
    ShellScript both = ShellScript.parse("both.sh", "echo @A@ @B@");

    assertThat(both.with("A", "@B@ @C@").with("B", "\n  # x").text())
        .isEqualTo("echo @B@ @C@ \n  # x");
  }

  @Test
  void readsAFileThatEndsLinesInAnyWay() {
    assertThat(ShellScript.parse("x.sh", "#!/bin/sh\r\n\r\n  a\r\n\tb").text()).isEqualTo("a\nb");
    assertThat(ShellScript.parse("x.sh", "").text()).isEmpty();
  }

  @Test
  void refusesAPlaceholderThatTheFileDoesNotHave() {
    assertThatThrownBy(() -> SAMPLE.with("TENTH", 12))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "shell program 'sample.sh' has no placeholder @TENTH@; it has @TENTHS@, @WHAT@");
    assertThatThrownBy(() -> ShellScript.parse("x.sh", "true").with("A", "b"))
        .hasMessage("shell program 'x.sh' has no placeholder @A@; it has none");
  }

  @Test
  void refusesToFillInAPlaceholderTwice() {
    assertThatThrownBy(() -> SAMPLE.with("WHAT", "a").with("WHAT", "b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("shell program 'sample.sh': @WHAT@ was filled in before");
  }

  @Test
  void refusesTextWhileAPlaceholderIsNotFilledIn() {
    assertThatThrownBy(SAMPLE.with("WHAT", "a")::text)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("shell program 'sample.sh': call with(..) for @TENTHS@");
    assertThatThrownBy(SAMPLE::text)
        .hasMessage("shell program 'sample.sh': call with(..) for @TENTHS@, @WHAT@");
  }

  @Test
  void refusesAFileThatIsNotThere() {
    assertThatThrownBy(() -> ShellScript.resource(ShellScriptTest.class, "no-such.sh"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "shell program 'no-such.sh': no such resource in package dev.fluke.command.internal");
  }

  @Test
  void showsItsNameOnly() {
    assertThat(SAMPLE.with("WHAT", "canary")).hasToString("sample.sh");
  }
}
