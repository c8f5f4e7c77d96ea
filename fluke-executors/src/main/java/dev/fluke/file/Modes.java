package dev.fluke.file;

import java.util.regex.Pattern;

/** Checks and normalizes the mode, owner and group of a managed file. */
final class Modes {
  private static final Pattern MODE = Pattern.compile("[0-7]{3,4}");
  private static final Pattern OWNER =
      Pattern.compile("[\\p{L}\\p{N}_.][\\p{L}\\p{M}\\p{N}_.@$\\\\ -]{0,63}");
  private static final int DIGITS_OF_MOST = 10;
  private static final long MOST = 4_294_967_294L; // the next one means "leave as it is"

  private Modes() {}

  /** Whether an owner or group is given by number and not by name. */
  static boolean isNumber(String owner) {
    return owner.matches("[0-9]+");
  }

  /** The mode with leading zeros, such as {@code 0644}. */
  static String fourDigits(String mode) {
    return "0".repeat(Math.max(0, 4 - mode.length())) + mode;
  }

  /**
   * The mode as four digits.
   *
   * @throws IllegalArgumentException unless it is three or four octal digits
   */
  static String checkedMode(String mode) {
    if (!MODE.matcher(mode).matches()) {
      throw new IllegalArgumentException(
          "mode is '%s', must be three or four octal digits, such as 0644".formatted(mode));
    }
    return fourDigits(mode);
  }

  /**
   * The owner or group as it was given, a number without leading zeros.
   *
   * @param option the name of the option, for the message
   * @throws IllegalArgumentException if it can't be the name of a user or group
   */
  static String checkedOwner(String option, String name) {
    if (!OWNER.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "%s is '%s', must be a name or a number of the host".formatted(option, name));
    }
    if (!isNumber(name)) {
      return name;
    }
    String number = name.replaceFirst("^0+(?=.)", "");
    if (number.length() > DIGITS_OF_MOST || Long.parseLong(number) > MOST) {
      throw new IllegalArgumentException(
          "%s is '%s', must be at most %d".formatted(option, name, MOST));
    }
    return number;
  }
}
