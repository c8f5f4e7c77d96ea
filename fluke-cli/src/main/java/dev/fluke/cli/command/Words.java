package dev.fluke.cli.command;

/** How things are put for people. */
final class Words {
  private Words() {}

  /** {@code 1 task}, {@code 2 tasks}. */
  static String count(int number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }
}
