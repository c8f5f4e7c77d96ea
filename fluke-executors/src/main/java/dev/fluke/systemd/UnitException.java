package dev.fluke.systemd;

/** A unit can't be brought to its declared state. The message says why, and the way out. */
final class UnitException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnitException(String message) {
    super(message);
  }

  UnitException(String message, Throwable cause) {
    super(message, cause);
  }
}
