package dev.fluke.transport;

import dev.fluke.time.Scheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends shells, and on the host what runs in them or was left there. */
final class ShellCloser {
  private static final Duration TO_OPEN = Duration.ofSeconds(10);
  private static final Duration TO_ANSWER = Duration.ofSeconds(3);
  private static final Duration TO_LEAVE = Duration.ofMillis(200);
  private static final Duration SOON = Duration.ofMillis(700);

  private static final Logger log = LoggerFactory.getLogger(ShellCloser.class);

  private final ShellLine line;
  private final Target target;
  private final ShellOpener opening;
  private volatile boolean ending;

  ShellCloser(ShellLine line, Target target, ShellOpener opening) {
    this.line = line;
    this.target = target;
    this.opening = opening;
  }

  /**
   * What became of a shell and of what ran in it.
   *
   * @param gone whether it is surely gone
   * @param escaped processes that it started in sessions of their own, which were not ended
   */
  record End(boolean gone, String escaped) {
    private static final End NOT_KNOWN = new End(false, "");

    /** As {@link ShellScripts#ending} prints it. */
    static End read(String found) {
      int dot = found.indexOf('.');
      return new End(dot == 0, found.substring(dot + 1).strip());
    }

    End ifAlso(boolean goneHere) {
      return new End(gone && goneHere, escaped);
    }

    /** For people: nothing if all is gone. */
    String remark() {
      return (gone ? "" : "; still there after KILL")
          + (escaped.isEmpty() ? "" : "; left in a session of its own: process " + escaped);
    }
  }

  /** Ends a shell and what runs in it or was left there. */
  End end(ShellSession session, HostCapabilities host, Duration grace) {
    boolean gone = session.kill(grace);
    return endSession(host.process(), grace).ifAlso(gone);
  }

  /** Ends a shell that waits for work: it does that itself, and need not be waited for. */
  void endIdle(ShellSession session, HostCapabilities host, Duration grace) {
    boolean interrupted = Thread.interrupted();
    try {
      if (!isLeaving(session, grace)) {
        end(session, host, grace);
      } else if (hasEnded(session, session.now() + TO_LEAVE.toNanos())) {
        session.kill(grace);
      } else {
        session.leave();
      }
    } catch (InterruptedException e) {
      interrupted = true;
      session.leave();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean isLeaving(ShellSession session, Duration grace) throws InterruptedException {
    if (!session.isUsable()) {
      return false;
    }
    String mark = "A" + FrameMarkers.nonce(target.scheduler().real().random());
    session.write(ShellScripts.leaving(grace.toMillis() / 100, mark));
    try {
      return ShellOpener.answer(session, mark, session.now() + TO_ANSWER.toNanos()).isEmpty();
    } catch (UnreachableException e) {
      return false;
    }
  }

  private static boolean hasEnded(ShellSession session, long until) throws InterruptedException {
    while (true) {
      CompletableFuture<Void> news = session.news();
      long left = until - session.now();
      if (session.hasEnded() || left <= 0) {
        return session.hasEnded();
      }
      session.await(news, Duration.ofNanos(left));
    }
  }

  /** What was left in the background, or is at the far end of a wire, is in its shell's session. */
  private End endSession(String leader, Duration grace) {
    boolean interrupted = Thread.interrupted();
    try {
      return ended(leader, grace);
    } catch (IOException | UnreachableException e) {
      log.debug("no shell to end session {} with", leader, e);
      return End.NOT_KNOWN;
    } catch (InterruptedException e) {
      interrupted = true;
      return End.NOT_KNOWN;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * As {@link #end}, for somebody who wants to go: a host that does not answer at once is let go,
   * with its line.
   */
  End endSoon(ShellSession session, HostCapabilities host, Duration grace) {
    Scheduler real = target.scheduler().real();
    CompletableFuture<Boolean> here = new CompletableFuture<>();
    CompletableFuture<End> ended = new CompletableFuture<>();
    ending = false;
    real.start(
        "fluke-shell-end",
        () -> {
          here.complete(session.kill(grace));
          ended.complete(endSession(host.process(), grace).ifAlso(here.getNow(false)));
        });
    try {
      real.await(here, grace.plus(TO_OPEN));
      if (real.await(ended, SOON) || (ending && real.await(ended, grace.plus(SOON)))) {
        return ended.getNow(End.NOT_KNOWN);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    line.close();
    return End.NOT_KNOWN;
  }

  private End ended(String leader, Duration grace)
      throws IOException, UnreachableException, InterruptedException {
    try {
      return ended(line, leader, grace);
    } catch (IOException e) {
      log.debug("no room for one more shell on this line", e);
      try (ShellLine other = line.another()) {
        return ended(other, leader, grace);
      }
    }
  }

  private End ended(ShellLine line, String leader, Duration grace)
      throws IOException, UnreachableException, InterruptedException {
    Scheduler real = target.scheduler().real();
    String mark = "G" + FrameMarkers.nonce(real.random());
    String script = ShellScripts.ending(leader, grace.toMillis() / 100, mark);
    ShellSession other = opening.toEnd(script, line);
    ending = true;
    try {
      long until = real.nanoTime() + grace.plusSeconds(6).toNanos();
      return End.read(ShellOpener.answer(other, mark, until));
    } finally {
      other.kill(Duration.ofSeconds(1));
    }
  }
}
