package dev.fluke.cli.command;

/** A command fails for a known reason. Carries the message and the exit status. */
final class CommandException extends Exception {
  private static final long serialVersionUID = 1;

  private final int status;

  CommandException(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }
}
