package dev.fluke.file;

/** What was declared can't be made so without destroying what nobody said may go. */
final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RefusedException(String message) {
    super(message);
  }
}
