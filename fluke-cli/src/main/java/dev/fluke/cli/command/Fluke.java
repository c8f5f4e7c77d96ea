package dev.fluke.cli.command;

import dev.fluke.text.Printable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The {@code fluke} command with its subcommands. */
public final class Fluke {
  private final Terminal terminal;

  private Fluke(Terminal terminal) {
    this.terminal = terminal;
  }

  /**
   * Runs one command.
   *
   * @return the exit status
   */
  public static int run(Terminal terminal, String... arguments) {
    Fluke fluke = new Fluke(terminal);
    int status = fluke.commandLine().execute(arguments);
    if (terminal.out().checkError()) {
      fluke.printError("the output could not be written: the disk is full, or the pipe is closed");
      return ExitStatus.UNWRITTEN;
    }
    return status;
  }

  private CommandLine commandLine() {
    CommandLine line = new CommandLine(root(), CommandLine.defaultFactory());
    return line.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8))
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(terminal.isColourful() ? Ansi.ON : Ansi.OFF))
        .setExecutionStrategy(Fluke::runLast)
        .setParameterExceptionHandler((wrong, all) -> usageError(wrong))
        .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure));
  }

  /** The specification of all commands, in the order of the help. */
  CommandSpec root() {
    CommandSpec root =
        Action.command("fluke", "Keeps hosts as you declared them.", this::withoutCommand);
    root.addOption(OptionSpec.builder("--version").description("Shows the version.").build());
    root.addSubcommand("init", new InitCommand(terminal).spec());
    root.addSubcommand("run", new RunCommand(terminal).spec());
    root.addSubcommand("reconcile", new ReconcileCommand(terminal).spec());
    root.addSubcommand("plan", new PlanCommand(terminal).spec());
    root.addSubcommand("get", new GetCommand(terminal).spec());
    root.addSubcommand("describe", new DescribeCommand(terminal).spec());
    root.addSubcommand("validate", new ValidateCommand(terminal).spec());
    root.addSubcommand("schema", new SchemaCommand(terminal).spec());
    root.addSubcommand("version", new VersionCommand(terminal).spec());
    root.usageMessage().exitCodeListHeading("Exit status:%n").exitCodeList(exitCodes());
    return root;
  }

  private int withoutCommand(ParseResult line) throws IOException {
    if (line.matchedOptionValue("--version", false)) {
      return new VersionCommand(terminal).run();
    }
    throw new ParameterException(line.commandSpec().commandLine(), "no command given");
  }

  private static Map<String, String> exitCodes() {
    Map<String, String> codes = new LinkedHashMap<>();
    codes.put(" " + ExitStatus.DONE, "in sync, or the command succeeded");
    codes.put(" " + ExitStatus.DRIFT, "drift remains");
    codes.put(" " + ExitStatus.FAILED, "something failed, did not converge, or is unknown");
    codes.put(" " + ExitStatus.UNREACHABLE, "the daemon or an agent can't be reached");
    codes.put(String.valueOf(ExitStatus.USAGE), "the command line is wrong");
    codes.put(String.valueOf(ExitStatus.INVALID), "a manifest or the config is wrong");
    codes.put(String.valueOf(ExitStatus.BUG), "an internal error: a bug in Fluke");
    codes.put(String.valueOf(ExitStatus.UNWRITTEN), "the output could not be written");
    codes.put(
        String.valueOf(ExitStatus.REFUSED),
        "the credential is missing or wrong, or has no right to this");
    return codes;
  }

  private static int runLast(ParseResult parsed) {
    Integer helped = CommandLine.executeHelpRequest(parsed);
    if (helped != null) {
      return helped;
    }
    ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    CommandLine command = last.commandSpec().commandLine();
    try {
      return ((Action) last.commandSpec().userObject()).run(last);
    } catch (ParameterException e) {
      throw e;
    } catch (Exception e) {
      throw new CommandLine.ExecutionException(command, "failed", e);
    }
  }

  private int usageError(ParameterException wrong) {
    printError(UsageErrors.explain(wrong));
    String name = wrong.getCommandLine().getCommandSpec().qualifiedName();
    terminal.err().println("Try '" + name + " --help'.");
    return ExitStatus.USAGE;
  }

  private int failed(Exception failure) {
    Throwable cause =
        failure instanceof CommandLine.ExecutionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof CommandException known) {
      String.valueOf(known.getMessage()).lines().forEach(this::printError);
      return known.status();
    }
    printError("internal error, a bug in Fluke: " + cause);
    return ExitStatus.BUG;
  }

  private void printError(String message) {
    terminal.err().println("fluke: " + Printable.of(message));
  }
}
