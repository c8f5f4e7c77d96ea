package dev.fluke.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
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

  @TestFactory
  Stream<DynamicTest> keepsEachOptionThroughAllOthers() {
    Secret secret = Secret.of("canary");
    Map<String, UnaryOperator<Command>> options = new LinkedHashMap<>();
    options.put("in default shell", Command::inDefaultShell);
    options.put("in", command -> command.in("/srv"));
    options.put("env", command -> command.env("A", "1"));
    options.put("secret env", command -> command.env("B", secret));
    options.put("stdin", command -> command.stdin("text"));
    options.put("run as", command -> command.runAs("deploy"));
    options.put("timeout", command -> command.timeout(Duration.ofSeconds(5)));

    return options.keySet().stream()
        .map(
            first ->
                DynamicTest.dynamicTest(
                    first,
                    () -> {
                      Command command = options.get(first).apply(Command.shell("true"));
                      for (Map.Entry<String, UnaryOperator<Command>> each : options.entrySet()) {
                        command =
                            each.getKey().equals(first) ? command : each.getValue().apply(command);
                      }
                      assertThat(command.script()).contains("true");
                      assertThat(command.usesDefaultShell()).isTrue();
                      assertThat(command.workingDir()).contains("/srv");
                      assertThat(command.revealEnv()).isEqualTo(Map.of("A", "1", "B", "canary"));
                      assertThat(command.secrets()).containsExactly(secret);
                      assertThat(command.revealStdin())
                          .isEqualTo("text".getBytes(StandardCharsets.UTF_8));
                      assertThat(command.runAs()).contains("deploy");
                      assertThat(command.timeout()).contains(Duration.ofSeconds(5));
                    }));
  }

  @Test
  void differsByEachOption() {
    Command plain = Command.shell("true");
    List<Command> each =
        List.of(
            plain,
            plain.inDefaultShell(),
            plain.in("/srv"),
            plain.env("A", "1"),
            plain.env("A", Secret.of("canary")),
            plain.stdin("text"),
            plain.stdin(Secret.of("canary")),
            plain.runAs("deploy"),
            plain.timeout(Duration.ofSeconds(5)));

    assertThat(each).doesNotHaveDuplicates();
    assertThat(plain.in("/srv").env("A", "1")).isEqualTo(plain.env("A", "1").in("/srv"));
    assertThat(plain.in("/srv").env("A", "1")).hasSameHashCodeAs(plain.env("A", "1").in("/srv"));
  }

  @Test
  void equalsACommandThatDoesTheSame() {
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
        .hasMessageContaining("is not a user name");
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
    assertThatThrownBy(() -> Command.of("a").env("1A", "x")).hasMessageContaining("not a name");
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
