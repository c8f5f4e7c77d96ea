package dev.fluke.transport;

import static dev.fluke.command.ShellQuoting.quote;

import dev.fluke.command.internal.ShellScript;

/** What is said to a shell: to become a clean one, to tell what its host can do, and to end. */
final class ShellScripts {
  private static final ShellScript LEAD_SESSION = script("lead-session.sh");
  private static final String LEAD_SINGLE = LEAD_SESSION.with("SHELL", "/bin/sh -c \"$w\"").text();
  private static final ShellScript DRAIN = script("drain.sh");
  private static final ShellScript PIPED = script("piped.sh");
  private static final ShellScript OWN_TOOLS = script("own-tools.sh");
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

  /**
   * Becomes a shell of this kind, without anything of this one's environment, in its user's home;
   * it prints the mark when it is that user's.
   */
  static String opening(String mark, UserShell kind, boolean asRoot, Target target) {
    String says = "printf '%s;' " + mark;
    String words;
    if (kind.isPiped()) {
      words = clean("", target, piped(says));
    } else {
      String lead = LEAD_SESSION.with("SHELL", kind.program()).text();
      words = clean(says, target, lead);
      if (kind.isOfAnotherUser()) {
        words = clean("", target, become(kind, asRoot, words));
      }
    }
    return "{\n" + words + "\n}\n";
  }

  private static String become(UserShell kind, boolean asRoot, String words) {
    String own = "unset HOME\n" + words; // it is the login user's
    return "exec " + Sudo.become(kind.user(), asRoot) + kind.running() + quote(own);
  }

  /** Words whose output is drained on the host, so that a cut does not end them. */
  static String drained(String words) {
    return DRAIN.with("RUN", words).text();
  }

  /** A shell whose output goes through pipes; first, it runs these words. */
  static String piped(String first) {
    return drained(PIPED.with("FIRST", first).text()) + "\nexit";
  }

  /** Runs a script as the user of the kind, in an environment that shows nothing of this one. */
  static String as(UserShell kind, boolean asRoot, String script, Target target) {
    return "{\n" + clean("", target, become(kind, asRoot, script)) + "\n}\n";
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
        .with("OWN_TOOLS", ownTools(target.searchPath()))
        .with("FIRST", first)
        .withQuoted("THEN", then)
        .text();
  }

  /** Lets a shell that was not cleaned find the host's programs in this path, and nothing else. */
  static String ownTools(String path) {
    return OWN_TOOLS.withQuoted("PATH", path).text();
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

  /** As {@link #introducing}; then the mark on standard error, too. */
  static String introducingOnBoth(String mark) {
    return introducing(mark) + "printf %s " + mark + " >&2\n";
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
