package dev.fluke.mise;

/** The apply task was not run, and why. */
final class MiseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MiseException(String message) {
    super(message);
  }
}
