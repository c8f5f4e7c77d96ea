package dev.fluke.file;

/** An apply would delete or replace something that the declaration does not allow. */
final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RefusedException(String message) {
    super(message);
  }
}
