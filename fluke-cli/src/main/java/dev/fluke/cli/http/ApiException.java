package dev.fluke.cli.http;

/** A request can't be answered; says why, in words that are fit for the caller. */
final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;

  ApiException(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }
}
