package dev.fluke.cli.client;

/** Nobody answers, or somebody else does. */
public final class UnreachableDaemonException extends Exception {
  private static final long serialVersionUID = 1;

  UnreachableDaemonException(String message) {
    super(message);
  }
}
