package dev.fluke.systemd;

/** A unit can't be made as declared; the message says why, and the way out. */
final class UnitException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnitException(String message) {
    super(message);
  }

  UnitException(String message, Throwable cause) {
    super(message, cause);
  }
}
