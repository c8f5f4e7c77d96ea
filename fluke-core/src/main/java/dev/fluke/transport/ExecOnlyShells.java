package dev.fluke.transport;

import dev.fluke.command.Command;
import dev.fluke.command.ShellQuoting;
import dev.fluke.time.Scheduler;
import dev.fluke.transport.Answer.Reason;
import dev.fluke.transport.FrameReader.Frame;
import dev.fluke.transport.ShellOpener.Opened;
import java.io.IOException;
import java.time.Duration;

/**
 * For a host that runs commands but has no shell to keep: each command is the only one of a shell.
 * What it is goes through the shell's input; or is its argument, where the host gives it no input.
 */
final class ExecOnlyShells {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int LONGEST_ARGUMENT = 96 * 1024;
  private static final String READING = "exec /bin/sh";

  private final ShellOpener opener;
  private final Target target;
  private final Scheduler real;
  private final HostCapabilities host;
  private final boolean hasInput;

  /**
   * Finds out whether the host runs commands at all.
   *
   * @throws UnreachableException if it does not
   */
  ExecOnlyShells(ShellOpener opener, Target target)
      throws UnreachableException, IOException, InterruptedException {
    this.opener = opener;
    this.target = target;
    this.real = target.scheduler().real();
    opener.useExecOnly();
    String mark = "P" + FrameMarkers.nonce(real.random());
    Opened probe =
        opener.singleWithRoom(ShellScripts.probingWithInput(mark, target), HostCapabilities.NONE);
    try {
      probe.session().write("1\n");
      long until = real.nanoTime() + LIMIT.toNanos();
      this.hasInput = ShellReply.read(probe.session(), mark, until).equals("1");
      this.host = HostCapabilities.read(ShellReply.read(probe.session(), mark, until), target);
    } finally {
      probe.session().letGo(probe.host());
    }
  }

  HostCapabilities host() {
    return host;
  }

  /** Whether what a command is can go through the input of its shell. */
  boolean hasInput() {
    return hasInput;
  }

  /**
   * Opens a shell that takes the lock and waits for commands.
   *
   * @throws IOException if the host has no room for it
   * @throws UnreachableException if it could not be had, and why
   */
  Opened hold(HoldScript script) throws IOException, UnreachableException, InterruptedException {
    return opener.singleWithRoom(script.argument(), host);
  }

  String remark() {
    return "no shell can be kept on this host: each check has a channel of its own, at most 8 at once"
        + (hasInput ? "" : "; and no input reaches commands");
  }

  /**
   * Asks one check. Safe for any thread.
   *
   * @throws IOException if the host has no room for one more channel now
   * @throws UnreachableException if nothing began, and why
   */
  Answer ask(Command command) throws IOException, UnreachableException, InterruptedException {
    FrameMarkers marks = FrameMarkers.fresh(real.random());
    String mark = "R" + FrameMarkers.nonce(real.random());
    String script =
        new CommandScript(command, target, host, marks).checkAlone(ShellScripts.listing(mark));
    if (!canHave(command, script)) {
      return withoutInput();
    }
    Opened own = fed(opener.single(argument(script, marks), host), script);
    try {
      CheckExchange exchange = new CheckExchange(own.session(), command, marks);
      Frame frame = exchange.read();
      Answer answer = frame.answer();
      if (answer != null) {
        endLeftovers(own, mark);
        return answer;
      }
      return exchange.noAnswer(frame, opener.closer().end(own, ShellCloser.GRACE));
    } catch (InterruptedException e) {
      opener.closer().endSoon(own, ShellCloser.GRACE_AFTER_CANCEL);
      throw e;
    }
  }

  /** What a check left in the background is ended with it. */
  private void endLeftovers(Opened own, String mark) throws InterruptedException {
    String left;
    try {
      left = ShellReply.read(own.session(), mark, real.nanoTime() + LIMIT.toNanos());
    } catch (UnreachableException e) {
      left = "its shell ended before it could tell";
    }
    if (left.isEmpty()) {
      own.session().letGo(own.host());
    } else {
      opener.closer().end(own, ShellCloser.GRACE);
    }
  }

  /**
   * Runs a command of an apply.
   *
   * @throws IOException if the host has no room for it; nothing began
   * @throws UnreachableException if nothing began, and why
   */
  Answer act(Command command) throws IOException, UnreachableException, InterruptedException {
    FrameMarkers marks = FrameMarkers.fresh(real.random());
    String script = new CommandScript(command, target, host, marks).apply();
    if (!canHave(command, script)) {
      return withoutInput();
    }
    Opened own;
    try {
      own = fed(opener.singleWithRoom(argument(script, marks), host), script);
    } catch (UnreachableException e) {
      if (hasInput) {
        throw e; // the script was not sent
      }
      return Answer.none(Reason.END_NOT_KNOWN, "sent, but not seen to begin: " + e.getMessage());
    }
    return new ApplyExchange(opener.closer(), own, command, marks).run();
  }

  private String argument(String script, FrameMarkers marks) {
    return hasInput ? READING : marks.asArgument(script);
  }

  private Opened fed(Opened own, String script) {
    if (hasInput) {
      own.session().write(script);
    }
    return own;
  }

  private boolean canHave(Command command, String script) {
    return hasInput
        || (command.revealEnv().isEmpty()
            && command.revealStdin().length == 0
            && command.runAs().isEmpty()
            && ShellQuoting.quote(script).length() <= LONGEST_ARGUMENT);
  }

  private static Answer withoutInput() {
    return Answer.none(
        Reason.NOT_BEGUN,
        "not begun: the host gives commands no input, and so none can have an environment, input,"
            + " another user or a long text of its own");
  }
}
