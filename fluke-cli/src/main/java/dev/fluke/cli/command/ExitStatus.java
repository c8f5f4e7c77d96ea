package dev.fluke.cli.command;

/** The exit statuses of commands. */
final class ExitStatus {
  /** In sync, or the command succeeded. */
  static final int DONE = 0;

  /** Drift remains. */
  static final int DRIFT = 2;

  /** Something failed, did not converge, or is unknown. */
  static final int FAILED = 3;

  /** The daemon or an agent can't be reached. */
  static final int UNREACHABLE = 4;

  /** The command line is wrong. */
  static final int USAGE = 64;

  /** A manifest or the config is wrong. */
  static final int INVALID = 65;

  /** An internal error: a bug in Fluke. */
  static final int BUG = 70;

  /** The output could not be written. */
  static final int UNWRITTEN = 74;

  /** The credential is missing or wrong, or has no right to this. */
  static final int REFUSED = 77;

  private ExitStatus() {}
}
