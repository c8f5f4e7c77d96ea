package dev.fluke.transport;

import dev.fluke.text.Printable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** What a shell says about itself, behind a mark; what a banner or a profile prints is skipped. */
final class ShellReply {
  private static final Duration SOON = Duration.ofMillis(700);
  private static final Duration TO_END = Duration.ofSeconds(2);
  private static final int MOST_BEFORE = 1024 * 1024;
  private static final int SHOWN = 400;

  private ShellReply() {}

  /**
   * Reads what the shell prints between the mark and a semicolon. What comes before is skipped. A
   * flood ends the wait: to look for a mark in it again and again would delay others.
   *
   * @param until when the wait ends, by {@link ShellSession#now}
   * @throws UnreachableException if it does not print that in time
   */
  static String read(ShellSession session, String mark, long until)
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

  /** Skips standard error up to the mark; a shell that does not print it soon is left as it is. */
  static void skipErrors(ShellSession session, String mark) throws InterruptedException {
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

  /** The last line on standard error of a shell that ended; empty if there is none. */
  static String lastWords(ShellSession session) throws InterruptedException {
    long until = session.now() + TO_END.toNanos();
    while (true) {
      CompletableFuture<Void> news = session.news();
      synchronized (session) {
        long left = until - session.now();
        if (!session.hasEnded() || session.err().hasEnded() || left <= 0) {
          return Printable.lastLineOf(text(session.err().last(2 * SHOWN)).strip(), SHOWN);
        }
      }
      session.await(news, Duration.ofNanos(Math.max(1, until - session.now())));
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
