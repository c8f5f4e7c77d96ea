package dev.fluke.cli.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The work of a command; stored as the user object of its {@link CommandSpec}. */
@FunctionalInterface
interface Action {

  /**
   * Runs the command.
   *
   * @return the exit status
   * @throws CommandException if the command fails with a known reason
   */
  int run(ParseResult line) throws Exception;

  /** Creates the specification of a command, with {@code --help}. */
  static CommandSpec command(String name, String about, Action action) {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(action).name(name);
    spec.usageMessage().description(about).abbreviateSynopsis(false);
    return spec.addOption(
        OptionSpec.builder("-h", "--help").usageHelp(true).description("Shows this help.").build());
  }
}
