package dev.fluke.alert;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** The receiver accepts no alerts now, and says how long to wait. */
public final class RetryLaterException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Duration after;

  /**
   * Creates the exception.
   *
   * @param message the reason; the status shows it, so no secrets
   * @param after how long to wait before the next try; Fluke waits an hour at most
   */
  public RetryLaterException(String message, Duration after) {
    super(message);
    this.after = requireNonNull(after, "after");
  }

  /** How long to wait before the next try. */
  public Duration after() {
    return after;
  }
}
