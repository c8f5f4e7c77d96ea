package dev.fluke.transport;

/**
 * What became of a shell and of what ran in its session.
 *
 * @param gone whether all of it is surely gone
 * @param escaped the processes that it started in sessions of their own, which were not ended;
 *     empty if there are none
 */
record SessionEnd(boolean gone, String escaped) {
  static final SessionEnd GONE = new SessionEnd(true, "");
  static final SessionEnd NOT_KNOWN = new SessionEnd(false, "");

  /** As {@link ShellScripts#ending} prints it. */
  static SessionEnd read(String found) {
    int dot = found.indexOf('.');
    return new SessionEnd(dot == 0, found.substring(dot + 1).strip());
  }

  SessionEnd ifAlso(boolean goneHere) {
    return new SessionEnd(gone && goneHere, escaped);
  }

  /** For people, to be added to a message; empty if all is gone. */
  String remark() {
    return (gone ? "" : "; still there after KILL")
        + (escaped.isEmpty() ? "" : "; left in a session of its own: process " + escaped);
  }
}
