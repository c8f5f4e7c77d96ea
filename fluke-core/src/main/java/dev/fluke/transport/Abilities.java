package dev.fluke.transport;

import dev.fluke.command.Printable;

/**
 * What a host was found to have when a shell was opened.
 *
 * @param user who is logged in
 * @param process the shell's own process; it leads a session where the host has setsid
 */
record Abilities(boolean isRoot, String user, boolean hasTimeout, boolean hasLock, String process) {
  /** Before anything was found. */
  static final Abilities NONE = new Abilities(false, "", false, false, "");

  /** As {@link ShellWords#probing} prints it. */
  static Abilities read(String found) throws UnreachableException {
    String[] parts = found.split(" ", -1);
    if (parts.length != 5) {
      throw UnreachableException.because("the shell answers strangely: " + Printable.of(found));
    }
    return new Abilities(
        parts[0].equals("0"), parts[1], parts[2].equals("1"), parts[3].equals("1"), parts[4]);
  }

  /** The same host, in another shell. */
  Abilities at(String otherProcess) {
    return new Abilities(isRoot, user, hasTimeout, hasLock, otherProcess);
  }
}
