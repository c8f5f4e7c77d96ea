package dev.fluke.cli.command;

/** A command can't do what it was asked for; says why, and with which status it ends. */
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
