package dev.fluke.transport;

import static dev.fluke.command.ShellQuoting.quote;

import dev.fluke.command.internal.ShellScript;

/** What is said to a shell: to become a clean one, to tell what its host can do, and to end. */
final class ShellScripts {
  private static final String LEAD_SESSION =
      script("lead-session.sh").with("SHELL", "/bin/sh").text();
  private static final String LEAD_SINGLE =
      script("lead-session.sh").with("SHELL", "/bin/sh -c \"$w\"").text();
  private static final ShellScript CLEAN = script("clean.sh");
  private static final ShellScript PROBE = script("probe.sh");
  private static final String FIND_OTHERS = script("find-others.sh").text();
  private static final String PAUSE = script("pause.sh").text();
  private static final ShellScript END = script("end-session.sh").with("PAUSE", PAUSE);
  private static final ShellScript LIST = script("list-others.sh").with("FIND_OTHERS", FIND_OTHERS);
  private static final ShellScript LEAVE =
      script("leave.sh").with("FIND_OTHERS", FIND_OTHERS).with("PAUSE", PAUSE);

  private ShellScripts() {}

  private static ShellScript script(String name) {
    return ShellScript.resource(ShellScripts.class, name);
  }

  /** Becomes a shell without anything of this one's environment, in the user's home. */
  static String cleaning(String mark, Target target) {
    return "{\n" + clean("printf '%s;' " + mark, target, LEAD_SESSION) + "\n}\n";
  }

  /**
   * One command for a login shell: a clean shell that prints the mark, on both streams, and its
   * process, and then does what the script says.
   */
  static String single(String mark, String script, Target target) {
    String said = "printf '%s%s;' " + mark + " $$; printf %s " + mark + " >&2; " + script;
    String clean = clean("", target, LEAD_SINGLE) + " sh \"$1\"";
    return "/bin/sh -c " + quote(clean) + " sh " + quote(said);
  }

  private static String clean(String first, Target target, String then) {
    return CLEAN
        .with("FIRST", first)
        .withQuoted("PATH", target.searchPath())
        .withQuoted("THEN", then)
        .text();
  }

  /** Prints what the host can do, as {@link HostCapabilities#read} reads it. */
  static String probing(String mark, Target target) {
    return PROBE.with("MARK", mark).withQuoted("DEFAULT_SHELL", target.defaultShell()).text()
        + "\n";
  }

  /** Prints the first line of its input, and then what the host can do, each behind the mark. */
  static String probingWithInput(String mark, Target target) {
    return "i=0; read -r i; printf '%s%s;' " + mark + " \"$i\"; " + probing(mark, target);
  }

  /** Prints the process of a shell on a host that is known. */
  static String introducing(String mark) {
    return "printf '%s%s;' " + mark + " $$\n";
  }

  /**
   * Ends the session of a process, and prints what {@link SessionEnd#read} reads.
   *
   * @param tenths how long after TERM it gets KILL, in tenths of a second
   */
  static String ending(String leader, long tenths, String mark) {
    return END.with("LEADER", leader).with("TENTHS", tenths).with("MARK", mark).text() + "\n";
  }

  /**
   * Prints what else is in the session of the shell that is asked, which costs it no process; a
   * shell that leads none, or can't tell, prints a question mark.
   */
  static String listing(String mark) {
    return LIST.with("MARK", mark).text() + "\n";
  }

  /**
   * Ends what else is in the session of the shell, as {@link #ending} does, and then the shell,
   * also if nobody listens any more. It prints the mark first, and a question mark if it can't.
   */
  static String leaving(long tenths, String mark) {
    return LEAVE.with("TENTHS", tenths).with("MARK", mark).text() + "\n";
  }
}
