package dev.fluke.cli.client;

/** No daemon responded. */
public final class UnreachableDaemonException extends Exception {
  private static final long serialVersionUID = 1;

  /** Why there was no response. */
  public enum Reason {
    /** Nothing listens there. */
    NO_DAEMON,
    /** This user has no permission to connect. */
    DENIED,
    /** Anything else. */
    OTHER
  }

  private final Reason reason;

  UnreachableDaemonException(String message) {
    this(message, Reason.OTHER);
  }

  private UnreachableDaemonException(String message, Reason reason) {
    super(message);
    this.reason = reason;
  }

  static UnreachableDaemonException noDaemon(String message) {
    return new UnreachableDaemonException(message, Reason.NO_DAEMON);
  }

  static UnreachableDaemonException denied(String message) {
    return new UnreachableDaemonException(message, Reason.DENIED);
  }

  /** Why there was no response. */
  public Reason reason() {
    return reason;
  }
}
