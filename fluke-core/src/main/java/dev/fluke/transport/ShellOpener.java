package dev.fluke.transport;

import static dev.fluke.command.ShellQuoting.quote;

import dev.fluke.text.Printable;
import dev.fluke.time.Scheduler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Opens shells: cleans each once, so that every command starts clean, and finds out what the host
 * can do. What a banner or a profile prints before is passed over.
 */
final class ShellOpener {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  static final Duration BETWEEN_TRIES = Duration.ofMillis(100);
  private static final Duration SOON = Duration.ofMillis(700);
  private static final int MOST_BEFORE = 1024 * 1024;
  private static final int SHOWN = 400;
  static final int TRIES = 20;
  private static final int TRIES_TO_END = 5;

  private final ShellLine line;
  private final Target target;
  private final Runnable makeRoom;
  private final ShellCloser ending;
  private volatile boolean single;
  private volatile @Nullable HostCapabilities known;

  /**
   * Opens shells on this line.
   *
   * @param makeRoom lets go of a shell that is not in use, where the host allows no more
   */
  ShellOpener(ShellLine line, Target target, Runnable makeRoom) {
    this.line = line;
    this.target = target;
    this.makeRoom = makeRoom;
    this.ending = new ShellCloser(line, target, this);
  }

  /** Ends what was opened. */
  ShellCloser ending() {
    return ending;
  }

  /** A clean shell, and what its host can do. */
  record Opened(ShellSession session, HostCapabilities host) {}

  Opened open() throws UnreachableException, InterruptedException, IOException {
    ShellSession session = started(line, TRIES);
    long until = session.now() + LIMIT.toNanos();
    try {
      String mark = "O" + FrameMarkers.nonce(target.scheduler().real().random());
      session.write(ShellScripts.cleaning(mark, target));
      answer(session, mark, until);
      HostCapabilities host = introduced(session, mark, until);
      synchronized (session) {
        session.err().take(session.err().size());
      }
      return new Opened(session, host);
    } catch (UnreachableException | InterruptedException e) {
      session.kill(Duration.ofSeconds(1));
      throw e;
    }
  }

  /**
   * What the host can do, asked once; only after the shell was cleaned, since one may read ahead
   * what is meant for the next.
   */
  private HostCapabilities introduced(ShellSession session, String mark, long until)
      throws UnreachableException, InterruptedException {
    HostCapabilities before = known;
    if (before != null) {
      session.write(ShellScripts.introducing(mark));
      return before.at(answer(session, mark, until));
    }
    session.write(ShellScripts.probing(mark, target));
    HostCapabilities found = HostCapabilities.read(answer(session, mark, until), target);
    known = found;
    return found;
  }

  /** From now on no shell is asked for: each has something to do. */
  void onlySingle() {
    single = true;
  }

  /**
   * A clean shell where none can be kept: it does what its argument says, such as reading more from
   * its input.
   */
  Opened single(String argument, HostCapabilities known)
      throws UnreachableException, InterruptedException, IOException {
    Scheduler real = target.scheduler().real();
    String mark = "O" + FrameMarkers.nonce(real.random());
    String words = ShellScripts.single(mark, argument, target);
    ShellSession session = ShellSession.run(words, line, real);
    try {
      String process = answer(session, mark, session.now() + LIMIT.toNanos());
      passOver(session, mark);
      return new Opened(session, known.at(process));
    } catch (UnreachableException | InterruptedException e) {
      session.kill(Duration.ofSeconds(1));
      throw e;
    }
  }

  /** As {@link #single}, again and again where the host has no room for one more. */
  Opened singleWithRoom(String argument, HostCapabilities known)
      throws UnreachableException, InterruptedException, IOException {
    return withRoom(line, TRIES, () -> single(argument, known));
  }

  /** What a profile printed on standard error comes before the mark. */
  private static void passOver(ShellSession session, String mark) throws InterruptedException {
    long until = session.now() + SOON.toNanos();
    while (true) {
      CompletableFuture<Void> news = session.news();
      synchronized (session) {
        int at = session.err().find(mark, 0);
        if (at >= 0) {
          session.err().take(at + mark.length());
        }
        if (at >= 0 || session.hasEnded()) {
          return;
        }
      }
      if (!session.await(news, Duration.ofNanos(Math.max(1, until - session.now())))
          && session.now() - until >= 0) {
        return;
      }
    }
  }

  /** One that says and ends what it is told to. */
  ShellSession toEnd(String script, ShellLine line)
      throws UnreachableException, InterruptedException, IOException {
    if (single) {
      return ShellSession.run("/bin/sh -c " + quote(script), line, target.scheduler().real());
    }
    ShellSession session = started(line, TRIES_TO_END);
    session.write(script);
    return session;
  }

  private ShellSession started(ShellLine line, int tries)
      throws UnreachableException, InterruptedException, IOException {
    return withRoom(line, tries, () -> ShellSession.start(line, target.scheduler().real()));
  }

  /** Asks the host for something that it may have no room for. */
  private interface Attempt<T> {
    T make() throws UnreachableException, InterruptedException, IOException;
  }

  /**
   * A host may allow few shells at once, and count one that ended a moment ago; one that is refused
   * has begun nothing.
   */
  private <T> T withRoom(ShellLine line, int tries, Attempt<T> attempt)
      throws UnreachableException, InterruptedException, IOException {
    for (int i = 1; ; i++) {
      try {
        return attempt.make();
      } catch (IOException e) {
        if (i == tries || !line.isOpen()) {
          throw e;
        }
        makeRoom.run();
        target.scheduler().real().sleep(BETWEEN_TRIES);
      }
    }
  }

  /**
   * What the shell prints between the mark and a semicolon; what comes before is passed over, if it
   * is no flood: to look for a mark in that again and again would keep others waiting.
   */
  static String answer(ShellSession session, String mark, long until)
      throws UnreachableException, InterruptedException {
    while (true) {
      CompletableFuture<Void> news = session.news();
      boolean ended;
      boolean flood;
      synchronized (session) {
        int at = session.out().find(mark, 0);
        int end = at < 0 ? -1 : session.out().find(";", at);
        if (end >= 0) {
          session.out().take(at + mark.length());
          byte[] found = session.out().take(end - at - mark.length());
          session.out().take(1);
          return new String(found, StandardCharsets.US_ASCII);
        }
        ended = session.hasEnded();
        flood = session.out().size() + session.err().size() > MOST_BEFORE;
      }
      long left = until - session.now();
      if (flood) {
        throw UnreachableException.because("no shell: it prints without end" + printed(session));
      }
      if (ended || left <= 0 || !session.await(news, Duration.ofNanos(left))) {
        throw ended
            ? UnreachableException.shellRefused("the shell ended at once" + printed(session))
            : UnreachableException.because("no shell within 10 s" + printed(session));
      }
    }
  }

  private static String printed(ShellSession session) {
    String said;
    synchronized (session) {
      said = text(session.out().last(2 * SHOWN)) + text(session.err().last(2 * SHOWN));
    }
    return said.isBlank() ? "" : "; it printed: " + Printable.lastLineOf(said.strip(), SHOWN);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
