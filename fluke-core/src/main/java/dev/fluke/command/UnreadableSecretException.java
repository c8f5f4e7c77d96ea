package dev.fluke.command;

/** A file is there for a secret, and can't be read; the message says why, without the secret. */
final class UnreadableSecretException extends Exception {
  private static final long serialVersionUID = 1L;

  UnreadableSecretException(String message) {
    super(message);
  }
}
