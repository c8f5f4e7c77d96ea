package dev.fluke.transport;

import dev.fluke.time.Scheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends shells, and on the host what runs in them or was left there. */
final class ShellCloser {
  private static final Duration TO_OPEN = Duration.ofSeconds(10);
  private static final Duration TO_ANSWER = Duration.ofSeconds(3);
  private static final Duration TO_LEAVE = Duration.ofMillis(200);
  private static final Duration SOON = Duration.ofMillis(700);

  /** How long after TERM what runs in a shell gets KILL. */
  static final Duration GRACE = Duration.ofSeconds(5);

  /** The same where nobody waits for an answer any more. */
  static final Duration GRACE_AFTER_CANCEL = Duration.ofMillis(200);

  private static final Logger log = LoggerFactory.getLogger(ShellCloser.class);

  private final ShellLine line;
  private final Scheduler real;
  private final ShellOpener opener;

  ShellCloser(ShellLine line, Scheduler real, ShellOpener opener) {
    this.line = line;
    this.real = real;
    this.opener = opener;
  }

  /** Ends a shell and what runs in it or was left there. */
  SessionEnd end(ShellOpener.Opened shell, Duration grace) {
    boolean gone = shell.session().kill(grace);
    return endSession(shell, grace, new AtomicBoolean()).ifAlso(gone);
  }

  /** Ends shells that wait for work: they do that themselves, and need not be waited for. */
  void endIdle(List<ShellOpener.Opened> shells) {
    List<CompletableFuture<Void>> ends = new ArrayList<>();
    for (int i = 1; i < shells.size(); i++) {
      ShellOpener.Opened shell = shells.get(i);
      CompletableFuture<Void> end = new CompletableFuture<>();
      ends.add(end);
      real.start(
          "fluke-shell-end",
          () -> {
            endIdle(shell, GRACE);
            end.complete(null);
          });
    }
    if (!shells.isEmpty()) {
      endIdle(shells.get(0), GRACE);
    }
    try {
      for (CompletableFuture<Void> end : ends) {
        real.await(end, TO_OPEN);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void endIdle(ShellOpener.Opened shell, Duration grace) {
    ShellSession session = shell.session();
    boolean interrupted = Thread.interrupted();
    try {
      if (!isLeaving(session, grace)) {
        end(shell, grace);
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
  private SessionEnd endSession(ShellOpener.Opened shell, Duration grace, AtomicBoolean hasBegun) {
    boolean interrupted = Thread.interrupted();
    try {
      return ended(shell, grace, hasBegun);
    } catch (IOException | UnreachableException e) {
      log.debug("no shell to end session {} with", shell.host().process(), e);
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
  SessionEnd endSoon(ShellOpener.Opened shell, Duration grace) {
    return new Ending(shell, grace).await();
  }

  /** Ends shells whose checks were cancelled, all at the same time. */
  void endSoon(List<ShellOpener.Opened> shells) {
    shells.stream()
        .map(shell -> new Ending(shell, GRACE_AFTER_CANCEL))
        .toList()
        .forEach(Ending::await);
  }

  /** A shell that is being ended on a thread of its own. */
  private final class Ending {
    private final CompletableFuture<Boolean> here = new CompletableFuture<>();
    private final CompletableFuture<SessionEnd> ended = new CompletableFuture<>();
    private final AtomicBoolean hasBegun = new AtomicBoolean();
    private final Duration grace;

    Ending(ShellOpener.Opened shell, Duration grace) {
      this.grace = grace;
      real.start(
          "fluke-shell-end",
          () -> {
            here.complete(shell.session().kill(grace));
            ended.complete(endSession(shell, grace, hasBegun).ifAlso(here.getNow(false)));
          });
    }

    SessionEnd await() {
      try {
        real.await(here, grace.plus(TO_OPEN));
        if (real.await(ended, SOON) || (hasBegun.get() && real.await(ended, grace.plus(SOON)))) {
          return ended.getNow(SessionEnd.NOT_KNOWN);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      line.close();
      return SessionEnd.NOT_KNOWN;
    }
  }

  private SessionEnd ended(ShellOpener.Opened shell, Duration grace, AtomicBoolean hasBegun)
      throws IOException, UnreachableException, InterruptedException {
    try {
      return ended(line, shell, grace, hasBegun);
    } catch (IOException e) {
      log.debug("no room for one more shell on this line", e);
      try (ShellLine other = line.another()) {
        return ended(other, shell, grace, hasBegun);
      }
    }
  }

  /** By a shell of the same user, whose word about its process counts for that user only. */
  private SessionEnd ended(
      ShellLine line, ShellOpener.Opened shell, Duration grace, AtomicBoolean hasBegun)
      throws IOException, UnreachableException, InterruptedException {
    String mark = "G" + FrameMarkers.nonce(real.random());
    String script = ShellScripts.ending(shell.host().process(), grace.toMillis() / 100, mark);
    ShellSession other = opener.toEnd(shell.kind(), script, line);
    hasBegun.set(true);
    try {
      long until = real.nanoTime() + grace.plusSeconds(6).toNanos();
      return SessionEnd.read(ShellReply.read(other, mark, until));
    } finally {
      other.kill(Duration.ofSeconds(1));
    }
  }
}
