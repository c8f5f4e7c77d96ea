package dev.fluke.cli.http;

import dev.fluke.cli.access.Caller;

/** The answer of an {@link Authenticator}. */
sealed interface Authentication {

  /** The sender is this caller. */
  record Accepted(Caller caller) implements Authentication {}

  /** The sender is not known, and gets this response. */
  record Refused(ApiResponse response) implements Authentication {}

  /** Accepts the sender as this caller. */
  static Authentication of(Caller caller) {
    return new Accepted(caller);
  }

  /** Refuses the sender. */
  static Authentication refused(int status, String message) {
    return new Refused(ApiResponse.error(status, message));
  }
}
