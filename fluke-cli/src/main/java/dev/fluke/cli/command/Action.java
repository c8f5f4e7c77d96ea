package dev.fluke.cli.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** What a command does; the user object of its {@link CommandSpec}. */
@FunctionalInterface
interface Action {

  /**
   * Does it.
   *
   * @return the exit status
   * @throws CommandException if it can't
   */
  int run(ParseResult line) throws Exception;

  /** A command of this name that does this, with {@code --help}. */
  static CommandSpec command(String name, String about, Action action) {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(action).name(name);
    spec.usageMessage().description(about).abbreviateSynopsis(false);
    return spec.addOption(
        picocli.CommandLine.Model.OptionSpec.builder("-h", "--help")
            .usageHelp(true)
            .description("Says what it takes.")
            .build());
  }
}
