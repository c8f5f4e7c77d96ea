package dev.fluke.command;

/** A command ran to its end with a status other than 0, and {@code orThrow()} was asked for. */
public final class CommandFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final int exitStatus;

  CommandFailedException(String message, int exitStatus) {
    super(message);
    this.exitStatus = exitStatus;
  }

  /** The status it ended with; never 0. */
  public int exitStatus() {
    return exitStatus;
  }
}
