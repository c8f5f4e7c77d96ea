package dev.fluke.examples.line;

import dev.fluke.command.Command;
import dev.fluke.executor.CommandCheck;
import dev.fluke.executor.Host;

// tag::line
/** One of the lines of {@code file} is {@code text}. */
public record Line(String file, String text) implements CommandCheck {
  @Override
  public Command checkCommand() {
    return Command.of("grep", "-qxF", "-e", text, file); // 0 found, 1 not, 2 no such file: drift
  }

  @Override
  public void apply(Host host) {
    Command append =
        Command.shell("grep -qxF -e \"$TEXT\" \"$FILE\" || echo \"$TEXT\" >>\"$FILE\"");
    host.run(append.env("TEXT", text).env("FILE", file)).orThrow();
  }
}
// end::line
