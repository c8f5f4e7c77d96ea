package dev.fluke.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

class UsageErrorsTest {
  private static CommandLine fluke() {
    CommandSpec get = Action.command("get", "Gets.", line -> 0);
    get.addOption(Options.flag("--force", "Forces."))
        .addOption(Options.text("--to", "FILE", "To."));
    CommandSpec group = Action.command("group", "Groups.", line -> 0);
    group.addSubcommand("get", get);
    CommandSpec root = Action.command("fluke", "All.", line -> 0);
    root.addSubcommand("group", group);
    root.addSubcommand("other", Action.command("other", "Other.", line -> 0));
    return new CommandLine(root, CommandLine.defaultFactory());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gruop            | unknown command 'gruop'; did you mean 'group'? Known: group, other",
        "zzz              | unknown command 'zzz'; known: group, other",
        "group git        | unknown command 'git' in 'fluke group'; did you mean 'get'?",
        "group get x      | unexpected argument 'x'",
        "group get -      | unexpected argument '-'",
        "group get --forse| unknown option '--forse'; did you mean '--force'?",
        "group get --x=1  | unknown option '--x'",
        "group get --to   | option --to requires a value: FILE"
      })
  void nameTheWordAndTheNearestOne(String arguments, String message) {
    ParameterException error =
        Assertions.catchThrowableOfType(
            ParameterException.class, () -> fluke().parseArgs(arguments.split(" ")));

    assertThat(UsageErrors.explain(error)).isEqualTo(message);
  }

  @Test
  void keepOtherMessages() {
    assertThat(UsageErrors.explain(new ParameterException(fluke(), "no command given")))
        .isEqualTo("no command given");
  }
}
