package dev.fluke.cli.command;

import dev.fluke.cli.config.InvalidConfigException;
import dev.fluke.cli.daemon.Daemon;
import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code fluke run --config fluke.yaml}: runs the daemon in the foreground. */
record RunCommand(Terminal terminal) {

  CommandSpec spec() {
    CommandSpec spec =
        Action.command(
            "run",
            "Keeps the agents of a config as declared, until TERM or INT; HUP reloads agents and"
                + " labels.",
            this::run);
    spec.aliases("server");
    return spec.addOption(Options.config());
  }

  private int run(ParseResult line) throws Exception {
    String config = line.matchedOptionValue("--config", Options.CONFIG);
    String version = VersionCommand.version();
    try {
      new Daemon(config, terminal.file(config), terminal.environment(), version).run();
      return ExitStatus.DONE;
    } catch (InvalidConfigException e) {
      throw new CommandException(ExitStatus.INVALID, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw ConfigFile.unreadable(config, terminal.file(config), e);
    } catch (IllegalStateException e) {
      throw new CommandException(ExitStatus.FAILED, String.valueOf(e.getMessage()));
    }
  }
}
