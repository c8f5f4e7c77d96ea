package dev.fluke.transport;

import static dev.fluke.command.ShellQuoting.quote;

import dev.fluke.command.Command;
import dev.fluke.command.ShellQuoting;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts a command into words for a POSIX shell: one brace group, so that nothing of it runs until
 * the last byte has come.
 *
 * <p>In the group, the command is a child that starts clean. The last act before the user's text,
 * in the process that runs it, prints the begun mark; the parent prints the ended mark with the
 * status, on both streams.
 */
final class CommandScript {
  /** A text this long goes through a pipe: an argument may have 128 KiB on Linux. */
  private static final int LONGEST_ARGUMENT = 96 * 1024;

  /** Programs that POSIX shells have built in and that answer alike there: a process less. */
  private static final Set<String> ALIKE = Set.of("test", "[", "true", "false");

  /**
   * How much longer than its limit a check may run if nobody ends it: longer than another user's
   * may take to begin, or the host's own watch would answer for it.
   */
  private static final Duration BACKSTOP = Duration.ofSeconds(10);

  private final Command command;
  private final Target target;
  private final HostCapabilities host;
  private final FrameMarkers marks;

  CommandScript(Command command, Target target, HostCapabilities host, FrameMarkers marks) {
    this.command = command;
    this.target = target;
    this.host = host;
    this.marks = marks;
  }

  /** For the shell that is kept for checks. */
  String check() {
    String limit = runAs().isPresent() ? limited(BACKSTOP) : "";
    return "{ " + child(limit) + "; " + ended() + "; }\n";
  }

  /**
   * For a shell of its own, which the host ends if nobody else does.
   *
   * @param then what the shell does after the command
   */
  String checkAlone(String then) {
    return "{ " + child(limited(BACKSTOP)) + "; " + ended() + "; }\n" + then;
  }

  /**
   * For a shell of its own: under the host's lock, which the child does not inherit; limited by the
   * host itself; and with its output drained there, so that a cut does not kill it half-way. The
   * descriptors are closed for a subshell: with a brace group in its place, dash and BusyBox forget
   * that the child has no input.
   */
  String apply() {
    String run = "( " + child(limited(Duration.ZERO)) + " ) 3>&- 9<&-";
    String locked =
        host.hasLock()
            ? "exec 9<\"$HOME\"; flock -w 10 -E 213 9; if [ $? = 213 ]; then "
                + marks.printLocked()
                + "; else "
                + run
                + "; s=$?; exec 9<&-; (exit $s); "
                + ended()
                + "; fi"
            : run + "; " + ended();
    String drain = "( trap '' PIPE; cat 2>/dev/null; exec cat >/dev/null 2>&1 )";
    return "{ { { " + locked + "; } 2>&1 1>&3 | " + drain + " >&2; } 3>&1 | " + drain + "; }\n";
  }

  private String ended() {
    return "s=$?; " + marks.printEnded("$s") + "; " + marks.printEnded("$s") + " >&2";
  }

  /** Bytes as the format of a builtin printf: any bytes, and none of them in an argument. */
  private static String asFormat(byte[] bytes) {
    StringBuilder format = new StringBuilder(bytes.length + bytes.length / 2);
    for (byte b : bytes) {
      boolean option = b == '-' && format.isEmpty();
      boolean plain = b >= ' ' && b < 127 && b != '\\' && b != '%' && b != '\'' && !option;
      if (plain || b == '\n') {
        format.append((char) b);
      } else {
        format.append('\\');
        for (int shift = 6; shift >= 0; shift -= 3) {
          format.append((char) ('0' + ((b >> shift) & 7)));
        }
      }
    }
    return format.toString();
  }

  private String child(String limit) {
    if (!isHidden()) {
      return fed("( " + exports() + chdir() + direct(limit) + " )");
    }
    String inner = asFormat(inner().getBytes(StandardCharsets.UTF_8));
    String hidden = "printf '" + inner + "' | " + shellAsUser(limit);
    return needsSudo() && command.script().isEmpty()
        ? sudo().throughShellOrAlone(hidden, argv(), alone(limit))
        : hidden;
  }

  private String fed(String work) {
    byte[] stdin = command.revealStdin();
    return stdin.length == 0 ? work + " </dev/null" : "printf '" + asFormat(stdin) + "' | " + work;
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
    String home = "cd ~" + sudo.user() + " 2>/dev/null || cd /; ";
    String run = "exec " + limit.replace("-k 5 ", "") + " " + sudo.run(argv());
    return fed("( " + home + chdir() + marks.printBySudo() + "; " + run + " )");
  }

  /** Whether the text has to travel in the channel: it is another user's, or too long. */
  private boolean isHidden() {
    return runAs().isPresent() || textLength() > LONGEST_ARGUMENT;
  }

  private int textLength() {
    return command.script().map(String::length).orElseGet(() -> argv().length());
  }

  private String direct(String limit) {
    String exec = limit.isEmpty() ? "exec " : "exec " + limit + " ";
    if (command.script().isPresent()) {
      String text = command.script().get();
      return limit.isEmpty() && !command.usesDefaultShell() && !asksForItself(text)
          ? marks.printBegun() + "; eval " + quote(text)
          : exec + shell() + " -c " + quote(marks.printBegun() + "\n" + text);
    }
    boolean builtin = ALIKE.contains(command.argv().get(0));
    return limit.isEmpty()
        ? marks.printBegun() + (builtin ? "; " : "; exec ") + argv()
        : exec + "/bin/sh -c " + quote(marks.printBegun() + "; exec \"$@\"") + " sh " + argv();
  }

  /**
   * Whether a text may name the process that runs it, and so needs a shell of its own. Any other
   * runs in a fork of the kept shell, which is the same shell and as clean, at half the cost: there
   * {@code $$} would be the kept one, and not survive {@code kill $$}.
   */
  private static boolean asksForItself(String text) {
    return text.contains("$$") || text.contains("${$") || text.contains("PPID");
  }

  /** What the target user's shell reads from a pipe; whole, or nothing of it runs. */
  private String inner() {
    StringBuilder script = new StringBuilder("{ umask 022; ");
    runAs()
        .ifPresent(
            user ->
                script
                    .append("unset SUDO_COMMAND SUDO_USER SUDO_UID SUDO_GID ENV BASH_ENV; HOME=~")
                    .append(user)
                    .append("; USER=")
                    .append(user)
                    .append("; LOGNAME=")
                    .append(user)
                    .append("; export HOME USER LOGNAME; cd 2>/dev/null || cd /; "));
    script.append("PATH=").append(quote(path(target))).append("; LC_ALL=C.UTF-8; ");
    script.append("export PATH LC_ALL; ").append(exports()).append(chdir());
    String run =
        command.script().map(text -> "eval " + quote(text)).orElseGet(() -> "exec " + argv());
    byte[] stdin = command.revealStdin();
    String begun = marks.printBegun() + "; " + run;
    return script
        .append(
            stdin.length == 0
                ? "exec </dev/null; " + begun
                : "printf '" + asFormat(stdin) + "' | { " + begun + "\n}")
        .append("\n}\n")
        .toString();
  }

  /** Whom it has to become: nobody, if that is who is logged in. */
  private Optional<String> runAs() {
    return command.runAs().filter(user -> !user.equals(host.user()));
  }

  private boolean needsSudo() {
    return runAs().isPresent() && !host.isRoot();
  }

  private Sudo sudo() {
    return new Sudo(runAs().orElseThrow());
  }

  private String shellAsUser(String limit) {
    if (needsSudo()) {
      return sudo().runShell(shell(), limit);
    }
    String as = runAs().map(user -> "runuser -u " + user + " -- ").orElse("");
    return as + (limit.isEmpty() ? "" : limit + " ") + shell();
  }

  private String shell() {
    boolean own = command.script().isPresent() && command.usesDefaultShell();
    return own ? quote(target.defaultShell()) : "/bin/sh";
  }

  private String argv() {
    List<String> quoted = command.argv().stream().map(ShellQuoting::quote).toList();
    return String.join(" ", quoted);
  }

  private String exports() {
    StringBuilder exports = new StringBuilder();
    for (Map.Entry<String, String> variable : command.revealEnv().entrySet()) {
      exports.append(variable.getKey()).append('=').append(quote(variable.getValue()));
      exports.append("; export ").append(variable.getKey()).append("; ");
    }
    return exports.toString();
  }

  private String chdir() {
    return command.workingDir().map(dir -> "cd -- " + quote(dir) + " || exit 97; ").orElse("");
  }

  /** The host's own watch over the limit and this much more; nothing where it has none. */
  private String limited(Duration more) {
    if (!host.hasTimeout()) {
      return "";
    }
    Duration limit = command.timeout().orElse(Duration.ofMinutes(15)).plus(more);
    return String.format(Locale.ROOT, "timeout -k 5 %.3f", limit.toMillis() / 1000.0);
  }

  static String path(Target target) {
    String own = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    return target.path().isEmpty() ? own : String.join(":", target.path()) + ":" + own;
  }
}
