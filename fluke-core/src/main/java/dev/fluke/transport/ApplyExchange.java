package dev.fluke.transport;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.transport.Answer.Reason;
import dev.fluke.transport.FrameReader.Frame;
import java.time.Duration;
import java.util.Optional;

/** One command of an apply, sent once to a shell of its own: how it goes. */
final class ApplyExchange {
  /** The limit of a command that names none. */
  static final Duration LIMIT = Duration.ofMinutes(15);

  private static final Duration TO_BEGIN = Duration.ofSeconds(20); // 10 of them for the lock
  private static final int TIMED_OUT = 124;
  private static final int KILLED = 137;

  private final ShellCloser closer;
  private final ShellOpener.Opened own;
  private final ShellSession shell;
  private final HostCapabilities host;
  private final FrameMarkers marks;
  private final Duration limit;
  private boolean endedShell;

  ApplyExchange(ShellCloser closer, ShellOpener.Opened own, Command command, FrameMarkers marks) {
    this.closer = closer;
    this.own = own;
    this.shell = own.session();
    this.host = own.host();
    this.marks = marks;
    this.limit = command.timeout().orElse(LIMIT);
  }

  /** How it goes in a shell that runs nothing else. */
  Answer run() {
    Answer answer = runHeld(true);
    if (!endedShell) {
      endedShell = true;
      shell.letGo(host);
    }
    return answer;
  }

  /** Whether the shell can't take another command. */
  boolean hasEndedShell() {
    return endedShell;
  }

  /**
   * How it goes in a shell that is kept for more commands, if it can be.
   *
   * @param isFirst whether no other command ran there that may print still
   */
  Answer runHeld(boolean isFirst) {
    FrameReader reader = new FrameReader(shell, marks, Long.MAX_VALUE);
    if (!isFirst) {
      reader.skipWhatOthersPrint();
    }
    Duration watch =
        host.hasTimeout() ? limit.plus(ShellCloser.GRACE).plus(ShellCloser.GRACE) : limit;
    try {
      Frame frame = reader.read(TO_BEGIN, watch);
      Answer answer = frame.answer();
      if (answer != null) {
        return unlessTimedOut(answer);
      }
      endedShell = true;
      Optional<CommandResult> printed = reader.printed();
      return printing(printed, without(frame, reader));
    } catch (InterruptedException e) {
      endedShell = true;
      Optional<CommandResult> printed = reader.printed();
      SessionEnd end = end(reader, closer::endSoon);
      Thread.currentThread().interrupt();
      return printing(
          printed,
          end.gone()
              ? Answer.none(Reason.KILLED, "cancelled, and killed")
              : endNotKnown("cancelled; may still run"));
    }
  }

  /** Keeps what a command without a result had printed. */
  private static Answer printing(Optional<CommandResult> printed, Answer answer) {
    return printed.isPresent() && answer instanceof Answer.None none
        ? none.printing(printed.get())
        : answer;
  }

  /**
   * Ends it. What sudo runs alone outlives a KILL, and only the shell that waits for it holds the
   * lock: that one is left to wait.
   */
  private SessionEnd end(FrameReader reader, Way way) {
    if (reader.isBySudo()) {
      shell.leave();
      return SessionEnd.NOT_KNOWN;
    }
    return way.end(own, ShellCloser.GRACE);
  }

  /** A way to end a shell and what runs in it. */
  private interface Way {
    SessionEnd end(ShellOpener.Opened shell, Duration grace);
  }

  /** The host's own watch ends a command with a status that a command may have, too: time tells. */
  private Answer unlessTimedOut(Answer answer) {
    return answer.fold(
        result -> {
          boolean status = result.exitStatus() == TIMED_OUT || result.exitStatus() == KILLED;
          boolean late = result.duration().plusMillis(200).compareTo(limit) >= 0;
          return status && late && host.hasTimeout()
              ? printing(Optional.of(result), timedOut(SessionEnd.GONE))
              : answer;
        },
        none -> none);
  }

  private Answer without(Frame frame, FrameReader reader) {
    boolean begun = reader.hasBegun();
    return switch (frame.came()) {
      case STOOD_STILL -> {
        SessionEnd end = end(reader, closer::end);
        if (!begun) {
          yield end.gone()
              ? Answer.none(Reason.NOT_BEGUN, "did not begin within 20 s")
              : endNotKnown("did not begin within 20 s; may still do");
        }
        yield end.gone() ? timedOut(end) : endNotKnown("ran into its limit, and may still run");
      }
      case STRAY -> {
        shell.letGo(host);
        String why = "garbled: bytes of no command";
        yield begun ? endNotKnown(why) : Answer.none(Reason.GARBLED, why);
      }
      case EOF, TOO_MUCH, ANSWER, ERRORS_LATE -> {
        shell.leave();
        if (begun) {
          yield endNotKnown("the connection was cut while it ran");
        }
        yield shell.hasLostInput()
            ? Answer.none(Reason.CONNECTION_LOST, "the connection was cut before it was sent")
            : endNotKnown("the connection was cut; it may have begun");
      }
    };
  }

  /** Where there is no lock to hold, the shell that waits for the command tells that it runs. */
  private Answer endNotKnown(String why) {
    return host.hasLock()
        ? Answer.none(Reason.END_NOT_KNOWN, why)
        : Answer.endNotKnown(why, Command.of("kill", "-0", host.process()));
  }

  private Answer timedOut(SessionEnd end) {
    return Answer.none(
        Reason.KILLED,
        "timed out after " + limit.toSeconds() + " s, and was killed" + end.remark());
  }
}
