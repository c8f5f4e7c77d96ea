package dev.fluke.source;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A source can't be read now. The revision in force stays in force. Immutable. */
public final class SourceUnavailableException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient @Nullable Duration retryAfter;

  private SourceUnavailableException(
      String why, @Nullable Throwable cause, @Nullable Duration retry) {
    super(requireNonNull(why, "why"), cause);
    this.retryAfter = retry;
  }

  /** For this reason, which must contain no secret; polled again after growing waits. */
  public static SourceUnavailableException because(String why) {
    return new SourceUnavailableException(why, null, null);
  }

  /** The same, with the cause for the log. */
  public SourceUnavailableException causedBy(Throwable cause) {
    return new SourceUnavailableException(words(), cause, retryAfter);
  }

  /** The same, to be polled again after this time, or at the next poll if that is later. */
  public SourceUnavailableException retryAfter(Duration wait) {
    return new SourceUnavailableException(words(), getCause(), requireNonNull(wait, "wait"));
  }

  /** When to try again, if it is known. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  private String words() {
    return String.valueOf(getMessage());
  }
}
