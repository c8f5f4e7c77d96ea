package dev.fluke.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CommandResultTest {

  @Test
  void nonZeroIsAnAnswerUntilOrThrowIsAsked() {
    CommandResult failed = CommandResult.exited(3).withStderr("no such unit\n");

    assertThat(failed.succeeded()).isFalse();
    assertThatThrownBy(failed::orThrow)
        .isInstanceOf(CommandFailedException.class)
        .hasMessage("exit status 3: no such unit");
    assertThat(CommandResult.exited(0).orThrow().exitStatus()).isZero();
  }

  @Tag("rule-6")
  @Test
  void halfAnAnswerIsNeverCompared() {
    CommandResult cut = CommandResult.exited(0).withStdout(new byte[] {'a'}, 10);

    assertThat(cut.truncated()).isTrue();
    assertThatThrownBy(cut::stdout).hasMessageContaining("stdout was cut: 10 bytes more");
  }

  @Tag("rule-6")
  @Test
  void whatIsNotUtf8IsNoText() {
    CommandResult binary = CommandResult.exited(0).withStdout(new byte[] {(byte) 0xff, 0}, 0);

    assertThatThrownBy(binary::stdout).hasMessage("stdout is not UTF-8; read stdoutBytes()");
    assertThat(binary.stdoutBytes()).containsExactly(0xff, 0);
  }

  @Test
  void theTailIsFitForPeople() {
    CommandResult hostile = CommandResult.exited(1).withStderr("a\u001b[2Jb\nERROR forged");

    assertThat(hostile.tail(100)).isEqualTo("a\\u001b[2Jb\\nERROR forged");
    assertThat(CommandResult.exited(1).withStdout("x".repeat(50)).tail(10)).hasSize(10);
    assertThat(CommandResult.exited(1).withStdout("é".getBytes(StandardCharsets.UTF_8), 0).tail(9))
        .isEqualTo("é");
  }
}
