package dev.fluke.cli.command;

import dev.fluke.cli.access.Caller;
import dev.fluke.cli.client.ApiClient;
import dev.fluke.cli.client.ApiReply;
import dev.fluke.cli.client.InProcessClient;
import dev.fluke.cli.client.UnixClient;
import dev.fluke.cli.client.UnreachableDaemonException;
import dev.fluke.cli.config.ConfigReader;
import dev.fluke.cli.config.InvalidConfigException;
import dev.fluke.cli.socket.LocalUser;
import dev.fluke.cli.socket.SocketPath;
import dev.fluke.files.internal.ThisUser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Connects a command to a daemon, or to a reconciler in this process. */
record DaemonClient(Terminal terminal) {
  private static final String WITH_TOKEN = "http://127.0.0.1:7071";
  private static final String UNIX = "unix:";

  /** Uses the connection; returns the exit status. */
  interface Session {
    int use(ApiClient client) throws Exception;
  }

  /** Adds the options of all commands that connect to a daemon. */
  static CommandSpec options(CommandSpec spec) {
    return TcpOptions.addTo(spec)
        .addOption(
            Options.text(
                "--server",
                "URL",
                "URL of the daemon, or unix:PATH of its socket; default: $FLUKE_SERVER, or with a"
                    + " token "
                    + WITH_TOKEN
                    + ", or the socket of this user's daemon, or of root's."))
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
      int status =
          switch (e.reason()) {
            case DENIED -> ExitStatus.REFUSED;
            case NO_DAEMON, OTHER -> ExitStatus.UNREACHABLE;
          };
      throw new CommandException(status, String.valueOf(e.getMessage()));
    }
  }

  /** Rejects options that would have no effect. */
  private void rejectMixed(ParseResult line, boolean standalone) {
    CommandLine command = line.commandSpec().commandLine();
    if (!standalone && line.hasMatchedOption("--config")) {
      throw new ParameterException(
          command, "--config requires --standalone; a running daemon has its own config");
    }
    if (new TcpOptions(terminal, line).lacksFile()) {
      throw new ParameterException(command, "--client-cert and --client-key require each other");
    }
    List<String> ofDaemons = new ArrayList<>(List.of("--server"));
    ofDaemons.addAll(TcpOptions.NAMES);
    for (String option : ofDaemons) {
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
          Caller.unrestricted("unix:" + LocalUser.name(LocalUser.self())));
    } catch (InvalidConfigException | IllegalStateException e) {
      throw new CommandException(ExitStatus.INVALID, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw ConfigFile.unreadable(config, terminal.file(config), e);
    }
  }

  private ApiClient remote(ParseResult line) throws Exception {
    String server = server(line);
    if (server.equals(UNIX)) {
      return UnixClient.first(SocketPath.ofCommand(terminal.environment()));
    }
    return server.startsWith(UNIX)
        ? socket(line, server.substring(UNIX.length()))
        : new TcpOptions(terminal, line).connect(server, token(line));
  }

  /** The daemon that the command names, or means; {@code unix:} for that at a usual socket. */
  private String server(ParseResult line) {
    boolean isOverTcp =
        !token(line).isEmpty() || TcpOptions.NAMES.stream().anyMatch(line::hasMatchedOption);
    String usual = isOverTcp ? WITH_TOKEN : UNIX;
    return line.matchedOptionValue("--server", variable("FLUKE_SERVER").orElse(usual));
  }

  private String token(ParseResult line) {
    return line.matchedOptionValue("--token", variable("FLUKE_TOKEN").orElse(""));
  }

  /**
   * For whom the command asks: who called sudo; over TCP the user of this terminal, since a token
   * does not name him. Empty for the user whom the daemon sees himself.
   */
  String onBehalfOf(ParseResult line) {
    boolean isSeen =
        line.matchedOptionValue("--standalone", false) || server(line).startsWith(UNIX);
    return variable("SUDO_USER").orElse(isSeen ? "" : user(terminal));
  }

  /** A socket takes no token: the kernel says who calls. */
  private ApiClient socket(ParseResult line, String path) throws CommandException {
    for (String option : TcpOptions.NAMES) {
      if (line.hasMatchedOption(option)) {
        throw new ParameterException(
            line.commandSpec().commandLine(),
            "a Unix socket needs no credentials and can't be combined with " + option);
      }
    }
    Path socket = terminal.file(path);
    Optional<String> problem = SocketPath.tooLong(socket);
    if (problem.isPresent()) {
      throw new CommandException(
          ExitStatus.USAGE, "server 'unix:%s': the path %s".formatted(path, problem.get()));
    }
    return UnixClient.at(socket);
  }

  /** The name of the user of this terminal. */
  static String user(Terminal terminal) {
    return terminal.environment().getOrDefault("USER", ThisUser.name().orElse("unknown"));
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
