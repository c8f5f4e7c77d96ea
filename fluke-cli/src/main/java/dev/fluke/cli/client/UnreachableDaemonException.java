package dev.fluke.cli.client;

/** No daemon responded at the server URL. */
public final class UnreachableDaemonException extends Exception {
  private static final long serialVersionUID = 1;

  UnreachableDaemonException(String message) {
    super(message);
  }
}
