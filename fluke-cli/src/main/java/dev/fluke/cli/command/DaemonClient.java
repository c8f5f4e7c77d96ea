package dev.fluke.cli.command;

import dev.fluke.cli.client.ApiClient;
import dev.fluke.cli.client.ApiReply;
import dev.fluke.cli.client.InProcessClient;
import dev.fluke.cli.client.RemoteClient;
import dev.fluke.cli.client.UnreachableDaemonException;
import dev.fluke.cli.config.ConfigReader;
import dev.fluke.cli.config.InvalidConfigException;
import dev.fluke.command.Secret;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Which daemon a command talks to, and how what it says is taken. */
record DaemonClient(Terminal terminal) {
  private static final String SERVER = "http://127.0.0.1:7071";

  /** What a command does with a daemon. */
  interface Talk {
    int with(ApiClient caller) throws Exception;
  }

  /** The options of all commands that talk to a daemon. */
  static CommandSpec options(CommandSpec spec) {
    return spec.addOption(
            Options.text(
                "--server", "URL", "The daemon; $FLUKE_SERVER, or " + SERVER + " unless given."))
        .addOption(
            Options.text(
                "--token",
                "TOKEN",
                "What the daemon wants to know; $FLUKE_TOKEN unless given, which nobody else sees."))
        .addOption(
            Options.text(
                "--ca-file", "FILE", "The certificates to trust, in PEM; Java's unless given."))
        .addOption(Output.option());
  }

  /** The options of commands that can do without a daemon. */
  static CommandSpec standalone(CommandSpec spec) {
    return options(spec)
        .addOption(Options.flag("--standalone", "Does it here, without a daemon."))
        .addOption(Options.config());
  }

  /** Talks to the daemon, or does without one, as the options say. */
  int talk(ParseResult line, Talk talk) throws Exception {
    boolean alone = line.matchedOptionValue("--standalone", false);
    refuseMixed(line, alone);
    try (ApiClient caller = alone ? own(line) : remote(line)) {
      return talk.with(caller);
    } catch (UnreachableDaemonException e) {
      throw new CommandException(ExitStatus.UNREACHABLE, String.valueOf(e.getMessage()));
    }
  }

  /** What would be without effect is refused, or somebody believes that it has one. */
  private static void refuseMixed(ParseResult line, boolean alone) {
    CommandLine command = line.commandSpec().commandLine();
    if (!alone && line.hasMatchedOption("--config")) {
      throw new ParameterException(
          command, "--config is for --standalone; a daemon has its config already");
    }
    for (String option : List.of("--server", "--token", "--ca-file")) {
      if (alone && line.hasMatchedOption(option)) {
        throw new ParameterException(
            command, "--standalone asks no daemon, so it takes no " + option);
      }
    }
  }

  private ApiClient own(ParseResult line) throws CommandException {
    String config = line.matchedOptionValue("--config", Options.CONFIG);
    try {
      return new InProcessClient(
          new ConfigReader(terminal.environment()).read(config, terminal.file(config)));
    } catch (InvalidConfigException | IllegalStateException e) {
      throw new CommandException(ExitStatus.INVALID, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw ConfigFile.unreadable(config, terminal.file(config), e);
    }
  }

  private ApiClient remote(ParseResult line) throws CommandException {
    String server = line.matchedOptionValue("--server", set("FLUKE_SERVER").orElse(SERVER));
    String given = line.matchedOptionValue("--token", set("FLUKE_TOKEN").orElse(""));
    String authorities = line.matchedOptionValue("--ca-file", "");
    Optional<Path> trusted =
        authorities.isEmpty() ? Optional.empty() : Optional.of(terminal.file(authorities));
    try {
      return RemoteClient.at(
          server, given.isEmpty() ? Optional.empty() : Optional.of(Secret.of(given)), trusted);
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitStatus.USAGE, String.valueOf(e.getMessage()));
    } catch (NoSuchFileException e) {
      throw new CommandException(ExitStatus.USAGE, "--ca-file: there is no " + e.getFile());
    } catch (IOException | GeneralSecurityException e) {
      throw new CommandException(ExitStatus.USAGE, "--ca-file: " + e.getMessage());
    }
  }

  private Optional<String> set(String variable) {
    return Optional.ofNullable(terminal.environment().get(variable)).filter(v -> !v.isEmpty());
  }

  /** The answer, if it is good. */
  static ApiReply good(ApiReply reply) throws CommandException {
    if (reply.succeeded()) {
      return reply;
    }
    throw new CommandException(statusOf(reply.status()), reply.error() + hint(reply.status()));
  }

  private static int statusOf(int http) {
    return switch (http) {
      case 401, 403 -> ExitStatus.REFUSED;
      case 400, 404 -> ExitStatus.USAGE;
      case 502, 503, 504 -> ExitStatus.UNREACHABLE;
      default -> ExitStatus.FAILED;
    };
  }

  private static String hint(int http) {
    return http == 401 ? "; set FLUKE_TOKEN" : "";
  }
}
