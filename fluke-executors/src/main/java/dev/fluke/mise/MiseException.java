package dev.fluke.mise;

/** The apply task did not run. The message says why. */
final class MiseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MiseException(String message) {
    super(message);
  }
}
