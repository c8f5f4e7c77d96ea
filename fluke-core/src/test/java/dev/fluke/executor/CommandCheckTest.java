package dev.fluke.executor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the exit status of a user's check means. */
@Tag("rule-3")
@Tag("X01")
class CommandCheckTest {
  private static final CommandCheck CHECK =
      new CommandCheck() {
        @Override
        public Command checkCommand() {
          return Command.shell("true");
        }

        @Override
        public void apply(Host host) {}
      };

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "0, InSync", "1, Drifted", "2, Drifted", "3, Drifted", "75, Unknown", "100, Drifted",
    "125, Drifted", "126, Drifted", "127, Drifted", "128, Drifted", "129, Unknown", "137, Unknown",
    "143, Unknown", "192, Unknown", "193, Drifted", "255, Drifted"
  })
  void interpretsTheExitStatus(int status, String expected) {
    CheckResult result = CHECK.interpret(CommandResult.exited(status));

    assertThat(result.getClass().getSimpleName()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {126, 127})
  void doubtsTheCheckWhenItsCommandIsMissing(int status) {
    CheckResult result = CHECK.interpret(CommandResult.exited(status));

    assertThat(((CheckResult.Drifted) result).doubt()).isPresent();
  }
}
