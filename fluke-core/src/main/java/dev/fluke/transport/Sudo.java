package dev.fluke.transport;

import static dev.fluke.command.ShellQuoting.quote;

import dev.fluke.command.internal.ShellScript;
import java.util.regex.Pattern;

/**
 * How a login that is not root becomes another user. A shell is the way where the sudoers line
 * allows one; where it allows nothing but one program, the program runs alone.
 *
 * <p>Alone, it has the environment and the {@code PATH} that sudo gives it, and its working
 * directory is entered by the login user. Its arguments stand in sudo's argument list, for all to
 * see.
 */
record Sudo(String user) {
  private static final ShellScript CHOICE = ShellScript.resource(Sudo.class, "sudo.sh");

  /**
   * What sudo prints when it runs nothing. That a host can't resolve its own name does not count.
   */
  private static final Pattern REFUSAL = Pattern.compile("sudo(-rs)?: (?!unable to resolve host)");

  private static final Pattern QUOTED_SCRIPT =
      Pattern.compile("( to execute '\\S*/(?:sh|bash)) -c .*'(?= as )", Pattern.DOTALL);

  /** Words that run others, which are to follow, as this user. */
  static String become(String user, boolean asRoot) {
    return asRoot ? "runuser -u " + user + " -- " : "sudo -n -u " + user + " -- ";
  }

  /** Whether sudo allows a shell; a question that leaves nothing in the host's log. */
  static String asksForShell(String user) {
    return "sudo -n -l -u " + user + " -- /bin/sh -c : </dev/null >/dev/null 2>&1";
  }

  /** These words of a shell's language, as the user. */
  String run(String words) {
    return become(user, false) + words;
  }

  /**
   * A shell, under this limit if there is one, without what sudo puts into the environment; the
   * shell is all that sudo has to allow.
   */
  String runShell(String shell, String limit) {
    String cleanly = "exec env -i PATH=\"$PATH\" SHELL=/bin/sh ";
    return run(shell + " -c " + quote(cleanly + (limit.isEmpty() ? "" : limit + " ") + shell));
  }

  /**
   * One of two scripts: the program alone only if it is allowed and a shell is not. Whatever is
   * refused goes through the shell, too, and gets sudo's own words.
   */
  String throughShellOrAlone(String throughShell, String argv, String alone) {
    return CHOICE
        .with("USER", user)
        .with("ARGV", argv)
        .with("THROUGH_SHELL", throughShell)
        .with("ALONE", alone)
        .text();
  }

  /** What sudo said, without the script of Fluke's that it quotes after the shell. */
  static String withoutScript(String said) {
    return QUOTED_SCRIPT.matcher(said).replaceAll("$1'");
  }

  /** Whether a status 1 that came with this on standard error is sudo's, not the program's. */
  static boolean isRefusal(String said) {
    String last = said.substring(said.lastIndexOf('\n') + 1);
    return REFUSAL.matcher(last).lookingAt()
        || (last.startsWith("Sorry, user ") && last.contains(" is not allowed "));
  }
}
