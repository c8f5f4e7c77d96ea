package dev.fluke.transport;

import static dev.fluke.command.ShellQuoting.quote;

import dev.fluke.command.Command;
import dev.fluke.command.ShellQuoting;
import dev.fluke.command.internal.ShellScript;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The part of a script that becomes the command: a child process that starts clean. Its last act
 * before the user's text, in the process that runs it, is to print the begun mark.
 */
final class ChildScript {
  private static final ShellScript FROM_PIPE =
      ShellScript.resource(ChildScript.class, "from-pipe.sh");
  private static final ShellScript BECOME_USER =
      ShellScript.resource(ChildScript.class, "become-user.sh");

  /** A text this long goes through a pipe: an argument may have 128 KiB on Linux. */
  private static final int LONGEST_ARGUMENT = 96 * 1024;

  /** Programs that POSIX shells have built in and that answer alike there: a process less. */
  private static final Set<String> BUILT_IN = Set.of("test", "[", "true", "false");

  private static final List<String> NAMES_OF_A_SHELL = List.of("$$", "${$", "PPID");
  private static final List<String> NAMES_OF_A_BASH =
      List.of("BASH_", "SECONDS", "SHLVL", "LINENO", "posix", "$-", "${-", "$_", "${_");

  /** Where a bash that was started for a text ends with another status than a fork of one. */
  private static final Pattern ENDS_A_BASH =
      Pattern.compile("\\bset\\s[^\\n;]*-[A-Za-z]*u|nounset|\\$\\{\\w+:?\\?");

  private final Command command;
  private final Target target;
  private final HostCapabilities host;
  private final FrameMarkers marks;
  private final boolean inBash;
  private final CommandEnvironment environment;

  ChildScript(
      Command command, Target target, HostCapabilities host, FrameMarkers marks, boolean inBash) {
    this.command = command;
    this.target = target;
    this.host = host;
    this.marks = marks;
    this.inBash = inBash;
    this.environment = new CommandEnvironment(command.revealEnv(), isForBash());
  }

  /** Whether it has to become another user than the one who is logged in. */
  boolean isOfAnotherUser() {
    return otherUser().isPresent();
  }

  /**
   * The words for the shell.
   *
   * @param limit the program and arguments that limit the child's time; empty for no limit
   */
  String text(String limit) {
    return inBash ? words(limit) + " 2>&3 3>&-" : words(limit);
  }

  private String words(String limit) {
    if (!isPiped()) {
      return fed("( " + chdir() + direct(limit) + " )");
    }
    String piped =
        "printf '%s' | %s"
            .formatted(
                PrintfFormat.of(fromPipe().getBytes(StandardCharsets.UTF_8)), otherShell(limit));
    return needsSudo() && command.script().isEmpty()
        ? sudo().throughShellOrAlone(piped, argv(), alone(limit))
        : piped;
  }

  /** Whether the text has to travel in the channel: it is another user's, or too long. */
  private boolean isPiped() {
    return isOfAnotherUser() || textLength() > LONGEST_ARGUMENT;
  }

  private int textLength() {
    return command.script().map(String::length).orElseGet(() -> argv().length());
  }

  private String fed(String work) {
    byte[] stdin = command.revealStdin();
    return stdin.length == 0
        ? work + " </dev/null"
        : "printf '" + PrintfFormat.of(stdin) + "' | " + work;
  }

  private String direct(String limit) {
    String exec = limit.isEmpty() ? "exec " : "exec " + limit + " ";
    if (command.script().isPresent()) {
      String text = command.script().get();
      return limit.isEmpty() && command.usesDefaultShell() == inBash && !namesItsShell(text)
          ? environment.set() + begunWithText("; ", "eval " + quote(text))
          : inOwnShell(exec, begunWithText("\n", text));
    }
    boolean builtIn = BUILT_IN.contains(command.argv().get(0));
    return limit.isEmpty()
        ? environment.set() + marks.printBegun() + (builtIn ? "; " : "; exec ") + argv()
        : environment.carried()
            + exec
            + "/bin/sh -c "
            + quote(environment.takeCarried() + marks.printBegun() + "; exec \"$@\"")
            + " sh "
            + argv();
  }

  /**
   * Words that a shell of their own runs. One that may not be a POSIX shell is started with the
   * environment, by one that is.
   */
  private String inOwnShell(String exec, String words) {
    String start = environment.carried() + (inBash ? "unset SHLVL; " : "") + exec;
    return isForBash() || !command.usesDefaultShell()
        ? start + shell() + " -c " + quote(environment.takeCarried() + words)
        : start
            + "/bin/sh -c "
            + quote(environment.takeCarried() + "exec \"$@\"")
            + (" sh " + shell() + " -c " + quote(words));
  }

  /** The last words before the user's text, and that. */
  private String begunWithText(String between, String text) {
    String asStarted = environment.asAtTheStartOfABash();
    return marks.printBegun() + (asStarted.isEmpty() ? "" : "; " + asStarted) + between + text;
  }

  private boolean isForBash() {
    return command.usesDefaultShell() && UserShell.isBash(target.defaultShell());
  }

  /**
   * Whether a text may name the process that runs it, and so needs a shell of its own. Any other
   * runs in a fork of the kept shell, which is the same shell and as clean, at half the cost: there
   * {@code $$} would be the kept one, and not survive {@code kill $$}. A bash tells more of itself.
   */
  private boolean namesItsShell(String text) {
    return NAMES_OF_A_SHELL.stream().anyMatch(text::contains)
        || (inBash
            && (NAMES_OF_A_BASH.stream().anyMatch(text::contains)
                || ENDS_A_BASH.matcher(text).find()));
  }

  /** What the target user's shell reads from a pipe; whole, or nothing of it runs. */
  private String fromPipe() {
    byte[] stdin = command.revealStdin();
    String begun =
        command
            .script()
            .map(text -> begunWithText("; ", "eval " + quote(text)))
            .orElseGet(() -> marks.printBegun() + "; exec " + argv());
    return FROM_PIPE
            .with("BECOME", otherUser().map(ChildScript::become).orElse(""))
            .withQuoted("PATH", target.searchPath())
            .with("SETUP", chdir() + environment.set())
            .with(
                "RUN",
                stdin.length == 0
                    ? "exec </dev/null; " + begun
                    : "printf '" + PrintfFormat.of(stdin) + "' | { " + begun + "\n}")
            .text()
        + "\n";
  }

  private static String become(String user) {
    return BECOME_USER.with("USER", user).text();
  }

  /**
   * The program by sudo without a shell, and so without an environment. TERM reaches it, since sudo
   * hands it on; KILL would end sudo and leave the program, so that is not sent.
   */
  private String alone(String limit) {
    Sudo sudo = sudo();
    if (!command.revealEnv().isEmpty()) {
      String why = "sudo allows no shell as " + sudo.user() + ", and so no environment";
      return "echo " + quote(why) + " >&2; (exit 97)";
    }
    String home =
        "h=~%s; case $h in /*) cd \"$h\" 2>/dev/null ;; *) false ;; esac || cd /; "
            .formatted(sudo.user());
    String run = "exec " + limit.replace("-k 5 ", "") + " " + sudo.run(argv());
    return fed("( " + home + chdir() + marks.printBySudo() + "; " + run + " )");
  }

  private Optional<String> otherUser() {
    return UserShell.otherUser(command, host);
  }

  private boolean needsSudo() {
    return isOfAnotherUser() && !host.isRoot();
  }

  private Sudo sudo() {
    return new Sudo(otherUser().orElseThrow());
  }

  private String otherShell(String limit) {
    if (needsSudo()) {
      return sudo().runShell(shell(), limit);
    }
    String as = otherUser().map(user -> Sudo.become(user, true)).orElse("");
    return as + (limit.isEmpty() ? "" : limit + " ") + shell();
  }

  private String shell() {
    boolean own = command.script().isPresent() && command.usesDefaultShell();
    return own ? quote(target.defaultShell()) : "/bin/sh";
  }

  private String argv() {
    return command.argv().stream().map(ShellQuoting::quote).collect(Collectors.joining(" "));
  }

  private String chdir() {
    return command.workingDir().map(dir -> "cd -- " + quote(dir) + " || exit 97; ").orElse("");
  }
}
