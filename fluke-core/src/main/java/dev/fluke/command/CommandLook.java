package dev.fluke.command;

import org.jspecify.annotations.Nullable;

/**
 * What people see of a command; it makes no difference to what runs.
 *
 * @param text in place of the script; null to show that
 * @param isQuestion whether what it prints is an answer for its executor only
 */
record CommandLook(@Nullable String text, boolean isQuestion) {
  static final CommandLook PLAIN = new CommandLook(null, false);

  CommandLook shown(String other) {
    return new CommandLook(other, isQuestion);
  }

  CommandLook asQuestion() {
    return new CommandLook(text, true);
  }
}
