package dev.fluke.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTest {

  @Test
  void eachOptionGivesANewValue() {
    Command plain = Command.of("ls", "-l");

    Command inTmp = plain.in("/tmp").env("A", "1").runAs("deploy").timeout(Duration.ofSeconds(5));

    assertThat(plain.workingDir()).isEmpty();
    assertThat(plain.runAs()).isEmpty();
    assertThat(inTmp.workingDir()).contains("/tmp");
    assertThat(inTmp.runAs()).contains("deploy");
    assertThat(inTmp.revealEnv()).containsEntry("A", "1");
    assertThat(inTmp.timeout()).contains(Duration.ofSeconds(5));
  }

  @Test
  void equalCommandsDoTheSame() {
    assertThat(Command.of("a", "b").stdin("x")).isEqualTo(Command.of("a", "b").stdin("x"));
    assertThat(Command.of("a", "b")).isNotEqualTo(Command.of("a b"));
    assertThat(Command.shell("a")).isNotEqualTo(Command.shell("a").inDefaultShell());
    assertThat(Command.shell("a").stdin("x")).isNotEqualTo(Command.shell("a").stdin("y"));
  }

  @Tag("Z03")
  @ParameterizedTest
  @ValueSource(strings = {"root; id", "$(id)", "-u root", "", "root\n", "a b", "häns"})
  void refusesWhatIsNoUserName(String user) {
    assertThatThrownBy(() -> Command.of("id").runAs(user))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is no user name");
  }

  @Tag("Z01")
  @Test
  void refusesANulAndHalfACharacter() {
    assertThatThrownBy(() -> Command.of("echo", "a\0b")).hasMessageContaining("NUL");
    assertThatThrownBy(() -> Command.shell("echo \0")).hasMessageContaining("NUL");
    assertThatThrownBy(() -> Command.of("echo").env("A", "\0")).hasMessageContaining("NUL");
    assertThatThrownBy(() -> Command.of("echo").in("/\0")).hasMessageContaining("NUL");
    assertThatThrownBy(() -> Command.of("echo", "\ud800")).hasMessageContaining("surrogate");
  }

  @Test
  void refusesWhatNamesNothing() {
    assertThatThrownBy(() -> Command.of("")).hasMessageContaining("program is empty");
    assertThatThrownBy(() -> Command.shell(" ")).hasMessageContaining("script is empty");
    assertThatThrownBy(() -> Command.of("a").env("1A", "x")).hasMessageContaining("no name");
    assertThatThrownBy(() -> Command.of("a").timeout(Duration.ZERO)).hasMessageContaining("more");
  }

  @Tag("Z02")
  @Test
  void secretsShowNowhere() {
    Secret secret = Secret.of("canary-hunter2");
    Command command = Command.of("login").env("PASSWORD", secret).stdin(secret);

    assertThat(command.toString() + command.text() + secret).doesNotContain("canary-hunter2");
    assertThat(command.revealEnv()).containsEntry("PASSWORD", "canary-hunter2");
    assertThat(command.revealStdin()).isEqualTo("canary-hunter2".getBytes(StandardCharsets.UTF_8));
    assertThat(Secret.from(() -> "fresh").reveal()).isEqualTo("fresh");
  }

  @Test
  void showsItselfAsOneWouldTypeIt() {
    assertThat(Command.of("echo", "a b", "it's")).hasToString("echo 'a b' 'it'\\''s'");
    assertThat(Command.shell("a\nb")).hasToString("a\\nb");
  }
}
