package dev.fluke.source.git;

/** A key or signature of SSH that Fluke does not accept; the message says why. */
final class SshFormatException extends Exception {
  private static final long serialVersionUID = 1;

  SshFormatException(String why) {
    super(why);
  }

  SshFormatException(String why, Throwable cause) {
    super(why, cause);
  }
}
