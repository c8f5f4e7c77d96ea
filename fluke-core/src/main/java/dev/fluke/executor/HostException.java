package dev.fluke.executor;

import dev.fluke.transport.Answer;

/** A command on a host has no result: it did not begin, or its end is not known. */
public final class HostException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final Answer.Reason reason;

  /** Creates the exception. Fluke calls this, and so do fakes in tests. */
  public HostException(Answer.Reason reason, String why) {
    super(why);
    this.reason = reason;
  }

  /** Why there is no result. */
  public Answer.Reason reason() {
    return reason;
  }
}
