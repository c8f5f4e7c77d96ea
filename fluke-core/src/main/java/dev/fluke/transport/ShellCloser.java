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
  private final Scheduler real;
  private final ShellOpener opener;
  private volatile boolean ending;

  ShellCloser(ShellLine line, Scheduler real, ShellOpener opener) {
    this.line = line;
    this.real = real;
    this.opener = opener;
  }

  /** Ends a shell and what runs in it or was left there. */
  SessionEnd end(ShellSession session, HostCapabilities host, Duration grace) {
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
    String mark = "A" + FrameMarkers.nonce(real.random());
    session.write(ShellScripts.leaving(grace.toMillis() / 100, mark));
    try {
      return ShellReply.read(session, mark, session.now() + TO_ANSWER.toNanos()).isEmpty();
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
  private SessionEnd endSession(String leader, Duration grace) {
    boolean interrupted = Thread.interrupted();
    try {
      return ended(leader, grace);
    } catch (IOException | UnreachableException e) {
      log.debug("no shell to end session {} with", leader, e);
      return SessionEnd.NOT_KNOWN;
    } catch (InterruptedException e) {
      interrupted = true;
      return SessionEnd.NOT_KNOWN;
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
  SessionEnd endSoon(ShellSession session, HostCapabilities host, Duration grace) {
    CompletableFuture<Boolean> here = new CompletableFuture<>();
    CompletableFuture<SessionEnd> ended = new CompletableFuture<>();
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
        return ended.getNow(SessionEnd.NOT_KNOWN);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    line.close();
    return SessionEnd.NOT_KNOWN;
  }

  private SessionEnd ended(String leader, Duration grace)
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

  private SessionEnd ended(ShellLine line, String leader, Duration grace)
      throws IOException, UnreachableException, InterruptedException {
    String mark = "G" + FrameMarkers.nonce(real.random());
    String script = ShellScripts.ending(leader, grace.toMillis() / 100, mark);
    ShellSession other = opener.toEnd(script, line);
    ending = true;
    try {
      long until = real.nanoTime() + grace.plusSeconds(6).toNanos();
      return SessionEnd.read(ShellReply.read(other, mark, until));
    } finally {
      other.kill(Duration.ofSeconds(1));
    }
  }
}
