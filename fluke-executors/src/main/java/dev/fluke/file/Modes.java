package dev.fluke.file;

import java.util.regex.Pattern;

/** Permissions and owners, as they are written. */
final class Modes {
  private static final Pattern MODE = Pattern.compile("[0-7]{3,4}");
  private static final Pattern OWNER = Pattern.compile("[A-Za-z0-9_.][A-Za-z0-9_.@\\\\ -]{0,63}");

  private Modes() {}

  static boolean isNumber(String owner) {
    return owner.matches("[0-9]+");
  }

  static String fourDigits(String mode) {
    return "0".repeat(Math.max(0, 4 - mode.length())) + mode;
  }

  static String checkedMode(String mode) {
    if (!MODE.matcher(mode).matches()) {
      throw new IllegalArgumentException(
          "mode is '" + mode + "', must be three or four octal digits, such as 0644");
    }
    return fourDigits(mode);
  }

  static String checkedOwner(String what, String name) {
    if (!OWNER.matcher(name).matches()) {
      throw new IllegalArgumentException(
          what + " is '" + name + "', must be a name or a number of the host");
    }
    return name;
  }

  /** Absolute, naming a file, and without what says nothing. */
  static String checkedPath(String path) {
    boolean climbs = (path + "/").contains("/../");
    if (!path.startsWith("/") || climbs || path.indexOf('\0') >= 0 || path.matches(".*/\\.?")) {
      throw new IllegalArgumentException(
          "path is '"
              + path
              + "', must be the absolute path of a file without '..', such as /etc/motd");
    }
    return path.replaceAll("/(\\.?/)+", "/");
  }
}
