package dev.fluke.request;

/**
 * Too many manual runs and plans wait: 1,000 in all, or 64 for one agent. Nothing was queued; try
 * again once some of them have begun.
 */
public final class TooManyRunsException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /** Says which limit was reached. */
  public TooManyRunsException(String message) {
    super(message);
  }
}
