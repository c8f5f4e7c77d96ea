package dev.fluke.transport;

import dev.fluke.command.Command;
import dev.fluke.command.internal.ShellScript;
import java.time.Duration;
import java.util.Locale;

/**
 * Puts a command into words for a POSIX shell: one brace group, so that nothing of it runs until
 * the last byte has come.
 *
 * <p>In the group, the command is a child that starts clean, see {@link ChildScript}. The child
 * prints the begun mark; the parent prints the ended mark with the status, on both streams.
 */
final class CommandScript {
  private static final ShellScript RUN = ShellScript.resource(CommandScript.class, "run.sh");
  private static final ShellScript RUN_IN_BASH =
      ShellScript.resource(CommandScript.class, "run-in-bash.sh");
  private static final ShellScript RUN_LOCKED = locking("run-locked.sh");
  private static final ShellScript RUN_HELD =
      ShellScript.resource(CommandScript.class, "run-held.sh");

  /**
   * How much longer than its limit a check may run if nobody ends it: longer than another user's
   * may take to begin, or the host's own watch would answer for it.
   */
  private static final Duration BACKSTOP = Duration.ofSeconds(10);

  private final Command command;
  private final HostCapabilities host;
  private final FrameMarkers marks;
  private final ChildScript child;
  private final boolean inBash;

  /** For {@code /bin/sh}. */
  CommandScript(Command command, Target target, HostCapabilities host, FrameMarkers marks) {
    this(command, target, host, marks, false);
  }

  /**
   * For a shell.
   *
   * @param inBash whether that is a bash, which is the default shell
   */
  CommandScript(
      Command command, Target target, HostCapabilities host, FrameMarkers marks, boolean inBash) {
    this.command = command;
    this.host = host;
    this.marks = marks;
    this.child = new ChildScript(command, target, host, marks, inBash);
    this.inBash = inBash;
  }

  /** For a shell that is kept for checks. */
  String check() {
    return check(child.isOfAnotherUser() ? limitPlus(BACKSTOP) : "");
  }

  /**
   * For a shell of its own, which the host ends if nobody else does.
   *
   * @param then what the shell does after the command
   */
  String checkAlone(String then) {
    return check(limitPlus(BACKSTOP)) + then;
  }

  private String check(String limit) {
    ShellScript script = inBash ? RUN_IN_BASH : RUN;
    return group(script.with("COMMAND", child.text(limit)).with("ENDED", marks.ended()).text());
  }

  /** Rule 2: of a group that is cut, a shell runs nothing. */
  private static String group(String words) {
    return "{\n" + words + "\n}\n";
  }

  /**
   * For a shell of its own: under the host's lock, which the child does not inherit; limited by the
   * host itself; and with its output drained there, so that a cut does not kill it half-way. The
   * descriptors are closed for a subshell: with a brace group in its place, dash and BusyBox forget
   * that the child has no input.
   */
  String apply() {
    return ShellScripts.drained(host.hasLock() ? runLocked(apart()) : run(apart())) + "\n";
  }

  /** As {@link #apply}, in a piped shell that ends then; another shell has the lock. */
  String beside() {
    return group(run(apart()) + "\nexit");
  }

  /**
   * For a shell that holds the host's lock, and drains the output of all its commands.
   *
   * @param isLast whether the lock is given back before the ended mark, and the shell ends
   * @param wait how long the shell waits for the next command
   */
  String held(boolean isLast, Duration wait) {
    return RUN_HELD
            .with("COMMAND", apart())
            .with("WAIT", seconds(wait))
            .with("RELEASE", isLast ? "exec 9<&-" : ":")
            .with("THEN", isLast ? "exit" : ":")
            .with("ENDED", marks.ended())
            .text()
        + "\n";
  }

  private String apart() {
    return "( " + child.text(limitPlus(Duration.ZERO)) + " ) 3>&- 9<&-";
  }

  /** A program that takes the host's lock. */
  static ShellScript locking(String name) {
    return ShellScript.resource(CommandScript.class, name)
        .with("TAKE_LOCK", ShellScript.resource(CommandScript.class, "take-lock.sh").text());
  }

  private String run(String words) {
    return RUN.with("COMMAND", words).with("ENDED", marks.ended()).text();
  }

  private String runLocked(String words) {
    return RUN_LOCKED
        .with("COMMAND", words)
        .with("ENDED", marks.ended())
        .with("LOCKED", marks.locked())
        .text();
  }

  /** The host's own watch over the command's limit and this much more; empty if it has none. */
  private String limitPlus(Duration more) {
    if (!host.hasTimeout()) {
      return "";
    }
    Duration limit = command.timeout().orElse(ApplyExchange.LIMIT).plus(more);
    return "timeout -k 5 " + seconds(limit);
  }

  /** As timeout takes it. */
  static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.3f", time.toMillis() / 1000.0);
  }
}
