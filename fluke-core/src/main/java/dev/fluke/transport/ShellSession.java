package dev.fluke.transport;

import dev.fluke.time.Scheduler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One shell, and the bytes that come and go. */
final class ShellSession implements ShellOutput {
  private static final int PIPE = 32 * 1024;

  /** More than anybody waits for: what prints on while nobody reads must not fill the memory. */
  private static final int MOST_UNREAD = 32 * 1024 * 1024;

  private final Scheduler real;
  private final OpenShell shell;
  private final OutputBuffer out = new OutputBuffer();
  private final OutputBuffer err = new OutputBuffer();
  private CompletableFuture<Void> news = new CompletableFuture<>();
  private boolean broken;
  private boolean flooded;
  private boolean lostInput;
  private boolean saidErrors;

  private ShellSession(ShellLine line, @Nullable String words, Scheduler real)
      throws UnreachableException, IOException, InterruptedException {
    this.real = real;
    this.shell = words == null ? line.open(this) : line.run(words, this);
  }

  static ShellSession start(ShellLine line, Scheduler real)
      throws UnreachableException, IOException, InterruptedException {
    return new ShellSession(line, null, real);
  }

  /** What these words become. */
  static ShellSession run(String words, ShellLine line, Scheduler real)
      throws UnreachableException, IOException, InterruptedException {
    return new ShellSession(line, words, real);
  }

  @Override
  public void out(byte[] bytes, int from, int length) {
    take(out, bytes, from, length);
  }

  @Override
  public void err(byte[] bytes, int from, int length) {
    synchronized (this) {
      saidErrors = true;
    }
    take(err, bytes, from, length);
  }

  private void take(OutputBuffer into, byte[] bytes, int from, int length) {
    synchronized (this) {
      if (into.size() + length > MOST_UNREAD) {
        broken = true;
        flooded = true;
        into.take(into.size());
      } else if (!broken) {
        into.add(bytes, from, length);
      }
    }
    tell();
  }

  @Override
  public void outEnded() {
    end(out);
  }

  @Override
  public void errEnded() {
    end(err);
  }

  private void end(OutputBuffer stream) {
    synchronized (this) {
      stream.end();
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
    try {
      shell.write(bytes);
    } catch (IOException e) {
      synchronized (this) {
        broken = true;
        lostInput = true;
      }
      tell();
    }
  }

  /** Whether the end of a script was surely not sent, so that nothing of it can run. */
  synchronized boolean hasLostInput() {
    return lostInput;
  }

  /** Whether anything came on standard error; some transports never carry it. */
  synchronized boolean hasSaidErrors() {
    return saidErrors;
  }

  OutputBuffer out() {
    return out;
  }

  OutputBuffer err() {
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

  /** Whether it printed more than anybody waits for, and was not read further. */
  synchronized boolean wasFlooded() {
    return flooded;
  }

  boolean isUsable() {
    return shell.isAlive() && !hasEnded();
  }

  /** Ends the shell and what it started, as far as that can be done from here; true if gone. */
  boolean kill(Duration grace) {
    return shell.end(grace);
  }

  /** Lets go: the command ended, and what it left behind may print on, to nobody. */
  void letGo(HostCapabilities host) {
    shell.leave(Optional.of(host.process()));
  }

  /** Leaves all that runs as it is, the shell that waits for it, too. */
  void leave() {
    shell.leave(Optional.empty());
  }
}
