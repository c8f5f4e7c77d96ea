package dev.fluke.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fluke.cli.command.Fluke;
import dev.fluke.cli.command.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs {@code fluke} commands in a directory, within this process. */
public final class Shell {
  private final Path directory;
  private final Map<String, String> environment = new LinkedHashMap<>();
  private boolean interactive;

  private Shell(Path directory) {
    this.directory = directory;
  }

  public static Shell in(Path directory) {
    return new Shell(directory);
  }

  public Shell with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  public Shell onATerminal() {
    interactive = true;
    return this;
  }

  public Ended fluke(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            environment,
            directory,
            interactive);
    int status = Fluke.run(terminal, arguments);
    return new Ended(status, out.toString(UTF_8), err.toString(UTF_8));
  }

  /** The result of a command. */
  public record Ended(int status, String out, String err) {}
}
