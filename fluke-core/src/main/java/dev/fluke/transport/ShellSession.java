package dev.fluke.transport;

import dev.fluke.time.Scheduler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One shell behind a program of this machine: its process, and the bytes that come and go. */
final class ShellSession {
  private static final int PIPE = 32 * 1024;

  private final Process process;
  private final Scheduler real;
  private final Stream out = new Stream();
  private final Stream err = new Stream();
  private CompletableFuture<Void> news = new CompletableFuture<>();
  private boolean broken;

  private ShellSession(Process process, Scheduler real) {
    this.process = process;
    this.real = real;
  }

  static ShellSession start(List<String> argv, Scheduler real) throws IOException {
    ShellSession session = new ShellSession(new ProcessBuilder(argv).start(), real);
    real.start(
        "fluke-shell-out", () -> session.read(session.process.getInputStream(), session.out));
    real.start(
        "fluke-shell-err", () -> session.read(session.process.getErrorStream(), session.err));
    return session;
  }

  private void read(InputStream from, Stream into) {
    byte[] buffer = new byte[16 * 1024];
    try (from) {
      for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
        synchronized (this) {
          into.add(buffer, n);
        }
        tell();
      }
    } catch (IOException e) {
      // the stream was closed under us: the same as its end
    }
    synchronized (this) {
      into.end();
    }
    tell();
  }

  private void tell() {
    CompletableFuture<Void> told;
    synchronized (this) {
      told = news;
      news = new CompletableFuture<>();
    }
    told.complete(null);
  }

  /** Sends a script; a long one from a thread of its own, since the shell may be slow to read. */
  void write(String script) {
    byte[] bytes = script.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= PIPE) {
      writeNow(bytes);
    } else {
      real.start("fluke-shell-in", () -> writeNow(bytes));
    }
  }

  private void writeNow(byte[] bytes) {
    OutputStream in = process.getOutputStream();
    try {
      in.write(bytes);
      in.flush();
    } catch (IOException e) {
      synchronized (this) {
        broken = true;
      }
      tell();
    }
  }

  /** No more scripts will come. */
  void endInput() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for the shell to end by itself; after that it is ended. */
  void awaitEnd(Duration atMost) {
    boolean interrupted = Thread.interrupted();
    try {
      if (!real.await(process.onExit(), atMost)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      interrupted = true;
      process.destroyForcibly();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  Stream out() {
    return out;
  }

  Stream err() {
    return err;
  }

  /** The future of the next bytes; take it before looking at the streams. */
  synchronized CompletableFuture<Void> news() {
    return news;
  }

  boolean await(CompletableFuture<Void> next, Duration atMost) throws InterruptedException {
    return real.await(next, atMost);
  }

  long now() {
    return real.nanoTime();
  }

  synchronized boolean hasEnded() {
    return broken || out.hasEnded();
  }

  boolean isUsable() {
    return process.isAlive() && !hasEnded();
  }

  /** Ends the shell and all that it started here: TERM, and KILL after the grace; true if gone. */
  boolean kill(Duration grace) {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.add(process.toHandle());
    try {
      return Processes.end(all, grace, real);
    } finally {
      closeStreams();
    }
  }

  /**
   * Leaves what runs to itself, and lets go of the streams: what an apply left behind may print on,
   * to nobody. The drains that copied its output hither end; those behind them read on.
   */
  void letGo() {
    process
        .descendants()
        .filter(one -> isNamed(one, "cat") && !isBelow(one, "timeout"))
        .forEach(ProcessHandle::destroy);
    process.destroy();
    closeStreams();
  }

  /** Leaves all that runs as it is, the shell that waits for it, too. */
  void leave() {
    closeStreams();
  }

  private static boolean isBelow(ProcessHandle one, String program) {
    return one.parent().map(up -> isNamed(up, program) || isBelow(up, program)).orElse(false);
  }

  private static boolean isNamed(ProcessHandle one, String program) {
    return one.info().command().map(path -> path.endsWith("/" + program)).orElse(false);
  }

  private void closeStreams() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // it is gone, which is what was wanted
    }
  }
}
