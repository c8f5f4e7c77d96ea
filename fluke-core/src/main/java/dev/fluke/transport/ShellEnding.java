package dev.fluke.transport;

import dev.fluke.time.Scheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends shells, and on the host what runs in them or was left there. */
final class ShellEnding {
  private static final Duration TO_OPEN = Duration.ofSeconds(10);
  private static final Duration TO_ANSWER = Duration.ofSeconds(3);
  private static final Duration TO_LEAVE = Duration.ofMillis(200);
  private static final Duration SOON = Duration.ofMillis(700);

  private static final Logger log = LoggerFactory.getLogger(ShellEnding.class);

  private final ShellLine line;
  private final Target target;
  private final ShellOpening opening;
  private volatile boolean ending;

  ShellEnding(ShellLine line, Target target, ShellOpening opening) {
    this.line = line;
    this.target = target;
    this.opening = opening;
  }

  /** Ends a shell and what runs in it or was left there; true if it is surely gone. */
  boolean end(ShellSession session, Abilities host, Duration grace) {
    boolean gone = session.kill(grace);
    return endSession(host.process(), grace) && gone;
  }

  /** Ends a shell that waits for work: it does that itself, and need not be waited for. */
  void endIdle(ShellSession session, Abilities host, Duration grace) {
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
    String mark = "A" + Marks.nonce(target.scheduler().real().random());
    session.write(ShellWords.leaving(grace.toMillis() / 100, mark));
    try {
      return ShellOpening.answer(session, mark, session.now() + TO_ANSWER.toNanos()).isEmpty();
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
  private boolean endSession(String leader, Duration grace) {
    boolean interrupted = Thread.interrupted();
    try {
      return isGone(leader, grace);
    } catch (IOException | UnreachableException e) {
      log.debug("no shell to end session {} with", leader, e);
      return false;
    } catch (InterruptedException e) {
      interrupted = true;
      return false;
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
  boolean endSoon(ShellSession session, Abilities host, Duration grace) {
    Scheduler real = target.scheduler().real();
    CompletableFuture<Boolean> here = new CompletableFuture<>();
    CompletableFuture<Boolean> gone = new CompletableFuture<>();
    ending = false;
    real.start(
        "fluke-shell-end",
        () -> {
          here.complete(session.kill(grace));
          gone.complete(endSession(host.process(), grace) && here.getNow(false));
        });
    try {
      real.await(here, grace.plus(TO_OPEN));
      if (real.await(gone, SOON) || (ending && real.await(gone, grace.plus(SOON)))) {
        return gone.getNow(false);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    line.close();
    return false;
  }

  private boolean isGone(String leader, Duration grace)
      throws IOException, UnreachableException, InterruptedException {
    try {
      return isGone(line, leader, grace);
    } catch (IOException e) {
      log.debug("no room for one more shell on this line", e);
      try (ShellLine other = line.another()) {
        return isGone(other, leader, grace);
      }
    }
  }

  private boolean isGone(ShellLine line, String leader, Duration grace)
      throws IOException, UnreachableException, InterruptedException {
    Scheduler real = target.scheduler().real();
    String mark = "G" + Marks.nonce(real.random());
    String script = ShellWords.ending(leader, grace.toMillis() / 100, mark);
    ShellSession other = opening.toEnd(script, line);
    ending = true;
    try {
      return ShellOpening.answer(other, mark, real.nanoTime() + grace.plusSeconds(4).toNanos())
          .isEmpty();
    } finally {
      other.kill(Duration.ofSeconds(1));
    }
  }
}
