package dev.fluke.cli.command;

/** What the exit status of a command means. */
final class ExitStatus {
  /** In sync, or done. */
  static final int DONE = 0;

  /** Drift is left. */
  static final int DRIFT = 2;

  /** Something failed, did not converge, or can't be told. */
  static final int FAILED = 3;

  /** The daemon or an agent can't be reached. */
  static final int UNREACHABLE = 4;

  /** The command line is wrong. */
  static final int USAGE = 64;

  /** A manifest or the config is wrong. */
  static final int INVALID = 65;

  /** A bug of Fluke's. */
  static final int BUG = 70;

  /** What was asked for could not be written, or nobody reads it. */
  static final int UNWRITTEN = 74;

  /** The token is missing or wrong. */
  static final int REFUSED = 77;

  private ExitStatus() {}
}
