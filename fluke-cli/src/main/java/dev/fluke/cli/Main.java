package dev.fluke.cli;

import dev.fluke.cli.command.Fluke;
import dev.fluke.cli.command.Terminal;

/** Where the {@code fluke} command begins and ends. */
public final class Main {
  private Main() {}

  /** Runs one command, and ends the process with its exit status. */
  public static void main(String[] arguments) {
    int status = Fluke.run(Terminal.ofThisProcess(), arguments);
    System.out.flush();
    System.exit(status);
  }
}
