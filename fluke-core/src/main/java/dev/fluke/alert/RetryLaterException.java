package dev.fluke.alert;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** The receiver does not take alerts now, and said when it wants to be asked again. */
public final class RetryLaterException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Duration after;

  /**
   * The receiver wants to be left alone.
   *
   * @param message why; it is shown in the status, so no secrets
   * @param after for how long; more than an hour counts as an hour
   */
  public RetryLaterException(String message, Duration after) {
    super(message);
    this.after = requireNonNull(after, "after");
  }

  /** For how long it wants to be left alone. */
  public Duration after() {
    return after;
  }
}
