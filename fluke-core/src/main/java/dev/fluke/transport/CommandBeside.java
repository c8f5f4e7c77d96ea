package dev.fluke.transport;

import dev.fluke.command.Command;
import dev.fluke.command.internal.ShellScript;
import dev.fluke.transport.Answer.Reason;
import java.io.IOException;
import java.time.Duration;

/**
 * A command of an apply that must not run in the shell that holds the lock, since that ran commands
 * of another user, whose processes may still print there. It has a channel of its own. The shell
 * with the lock waits for its end first, so that a cut can't free the lock before.
 */
final class CommandBeside {
  private static final ShellScript WAIT_FOR =
      ShellScript.resource(CommandBeside.class, "wait-for.sh");
  private static final Duration TO_WAIT = Duration.ofSeconds(10);

  /** How long after its limit the host may take to end a command. */
  private static final Duration TO_END = Duration.ofSeconds(20);

  private final ShellOpener opener;
  private final ShellOpener.Opened holder;
  private final Command command;
  private final Target target;
  private final String waits;
  private final String gone;
  private boolean endedHolder;

  CommandBeside(ShellOpener opener, ShellOpener.Opened holder, Command command, Target target) {
    this.opener = opener;
    this.holder = holder;
    this.command = command;
    this.target = target;
    this.waits = "V" + FrameMarkers.nonce(target.scheduler().real().random());
    this.gone = "V" + FrameMarkers.nonce(target.scheduler().real().random());
  }

  /** Whether the holder can't take another command. */
  boolean hasEndedHolder() {
    return endedHolder;
  }

  /**
   * Runs it.
   *
   * @param user whom it runs as; empty for the login user
   * @param wait how long the holder waits for the next command
   */
  Answer run(String user, Duration wait) {
    try {
      ShellOpener.Opened own = opener.piped(UserShell.piped(user), holder.host());
      try {
        holder.session().write(HoldScript.go(waitScript(own.host().process(), wait)));
        ShellReply.read(holder.session(), waits, now() + TO_WAIT.toNanos());
      } catch (UnreachableException | InterruptedException e) {
        endedHolder = true;
        own.session().kill(Duration.ofSeconds(1));
        opener.closer().end(holder, ShellCloser.GRACE_AFTER_CANCEL);
        throw e;
      }
      return run(holder.host().hasLock() ? own : own.withoutLock());
    } catch (IOException e) {
      return notBegun("the host has no room for a channel beside that of another user: ", e);
    } catch (UnreachableException e) {
      return notBegun("", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Answer.none(Reason.NOT_BEGUN, "cancelled before it began");
    }
  }

  private static Answer notBegun(String why, Exception e) {
    return Answer.none(Reason.NOT_BEGUN, "not begun: " + why + e.getMessage());
  }

  private Answer run(ShellOpener.Opened own) {
    FrameMarkers marks = FrameMarkers.fresh(target.scheduler().real().random());
    own.session().write(new CommandScript(command, target, own.host(), marks).beside());
    Answer answer = new ApplyExchange(opener.closer(), own, command, marks).run();
    boolean mayRun = answer.fold(result -> false, none -> none.reason().isLost());
    if (mayRun || !isWaitOver()) {
      endedHolder = true;
      holder.session().leave();
    }
    return answer;
  }

  private boolean isWaitOver() {
    try {
      ShellReply.read(holder.session(), gone, now() + TO_WAIT.toNanos());
      return true;
    } catch (UnreachableException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private long now() {
    return holder.session().now();
  }

  private String waitScript(String process, Duration wait) {
    Duration limit = command.timeout().orElse(ApplyExchange.LIMIT).plus(TO_END);
    return WAIT_FOR
            .with("PROCESS", process)
            .with("TWENTIETHS", limit.toMillis() / 50)
            .with("WAIT", CommandScript.seconds(wait))
            .with("WAITS", waits)
            .with("GONE", gone)
            .text()
        + "\n";
  }
}
