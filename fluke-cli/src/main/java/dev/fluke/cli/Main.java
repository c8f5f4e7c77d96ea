package dev.fluke.cli;

import dev.fluke.cli.command.Fluke;
import dev.fluke.cli.command.Terminal;

/** Entry point of the {@code fluke} command. */
public final class Main {
  private Main() {}

  /** Runs one command and exits with its status. */
  public static void main(String[] arguments) {
    int status = Fluke.run(Terminal.ofThisProcess(), arguments);
    System.out.flush();
    System.exit(status);
  }
}
