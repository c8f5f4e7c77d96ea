package dev.fluke.cli.command;

import dev.fluke.cli.access.Caller;
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

/** Connects a command to a daemon, or to a reconciler in this process. */
record DaemonClient(Terminal terminal) {
  private static final String SERVER = "http://127.0.0.1:7071";

  /** Uses the connection; returns the exit status. */
  interface Session {
    int use(ApiClient client) throws Exception;
  }

  /** Adds the options of all commands that connect to a daemon. */
  static CommandSpec options(CommandSpec spec) {
    return spec.addOption(
            Options.text(
                "--server", "URL", "URL of the daemon; default: $FLUKE_SERVER, or " + SERVER + "."))
        .addOption(
            Options.text(
                "--token",
                "TOKEN",
                "Token of the daemon; default: $FLUKE_TOKEN, which other users of the machine can't see."))
        .addOption(
            Options.text(
                "--ca-file", "FILE", "Trusted CA certificates, in PEM; default: those of Java."))
        .addOption(Output.option());
  }

  /** Adds the options of commands that can run without a daemon. */
  static CommandSpec standalone(CommandSpec spec) {
    return options(spec)
        .addOption(Options.flag("--standalone", "Runs in this process, without a daemon."))
        .addOption(Options.config());
  }

  /** Runs the session with a daemon or, with {@code --standalone}, with an own reconciler. */
  int connect(ParseResult line, Session session) throws Exception {
    boolean standalone = line.matchedOptionValue("--standalone", false);
    rejectMixed(line, standalone);
    try (ApiClient client = standalone ? inProcess(line) : remote(line)) {
      return session.use(client);
    } catch (UnreachableDaemonException e) {
      throw new CommandException(ExitStatus.UNREACHABLE, String.valueOf(e.getMessage()));
    }
  }

  /** Rejects options that would have no effect. */
  private static void rejectMixed(ParseResult line, boolean standalone) {
    CommandLine command = line.commandSpec().commandLine();
    if (!standalone && line.hasMatchedOption("--config")) {
      throw new ParameterException(
          command, "--config requires --standalone; a running daemon has its own config");
    }
    for (String option : List.of("--server", "--token", "--ca-file")) {
      if (standalone && line.hasMatchedOption(option)) {
        throw new ParameterException(
            command, "--standalone uses no daemon and can't be combined with " + option);
      }
    }
  }

  private ApiClient inProcess(ParseResult line) throws CommandException {
    String config = line.matchedOptionValue("--config", Options.CONFIG);
    try {
      return new InProcessClient(
          new ConfigReader(terminal.environment()).read(config, terminal.file(config)),
          Caller.unrestricted(user(terminal)));
    } catch (InvalidConfigException | IllegalStateException e) {
      throw new CommandException(ExitStatus.INVALID, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw ConfigFile.unreadable(config, terminal.file(config), e);
    }
  }

  private ApiClient remote(ParseResult line) throws CommandException {
    String server = line.matchedOptionValue("--server", variable("FLUKE_SERVER").orElse(SERVER));
    String given = line.matchedOptionValue("--token", variable("FLUKE_TOKEN").orElse(""));
    String authorities = line.matchedOptionValue("--ca-file", "");
    Optional<Path> trusted =
        authorities.isEmpty() ? Optional.empty() : Optional.of(terminal.file(authorities));
    try {
      return RemoteClient.at(
          server, given.isEmpty() ? Optional.empty() : Optional.of(Secret.of(given)), trusted);
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitStatus.USAGE, String.valueOf(e.getMessage()));
    } catch (NoSuchFileException e) {
      throw new CommandException(ExitStatus.USAGE, "--ca-file: " + e.getFile() + " does not exist");
    } catch (IOException | GeneralSecurityException e) {
      throw new CommandException(ExitStatus.USAGE, "--ca-file: " + e.getMessage());
    }
  }

  /** The name of the user of this terminal. */
  static String user(Terminal terminal) {
    return terminal.environment().getOrDefault("USER", System.getProperty("user.name"));
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(terminal.environment().get(name)).filter(v -> !v.isEmpty());
  }

  /** Returns a successful reply. A failed one becomes an exception with its exit status. */
  static ApiReply success(ApiReply reply) throws CommandException {
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
