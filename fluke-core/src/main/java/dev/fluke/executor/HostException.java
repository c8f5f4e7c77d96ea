package dev.fluke.executor;

import dev.fluke.transport.Answer;

/** A command on a host has no result. */
public final class HostException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final Answer.Reason reason;

  /** For Fluke, and for fakes in tests. */
  public HostException(Answer.Reason reason, String why) {
    super(why);
    this.reason = reason;
  }

  /** What is known about the command: whether it began, and whether it is gone. */
  public Answer.Reason reason() {
    return reason;
  }
}
