package dev.fluke.ssh;

import dev.fluke.time.Scheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Cuts a connection on which a host takes nothing. Without it, sending would wait without end for a
 * host that reads nothing and yet answers keep-alive questions.
 */
final class SendWatchdog {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Duration FAREWELL = Duration.ofMillis(700);

  private final Scheduler scheduler;
  private final Runnable cut;

  /** Sends something; may block. */
  interface Sending {
    void send() throws IOException;
  }

  /**
   * For one connection.
   *
   * @param cut closes its socket; may block
   */
  SendWatchdog(Scheduler scheduler, Runnable cut) {
    this.scheduler = scheduler;
    this.cut = cut;
  }

  /** Sends, and cuts the connection if that takes too long; then the sending fails. */
  void send(Sending sending) throws IOException {
    Scheduler.Timer timer = cutLater();
    try {
      sending.send();
    } finally {
      timer.cancel();
    }
  }

  /**
   * Sends the last message of a channel or connection, and returns soon even if the host does not
   * take it. Then it is sent later, or the connection is cut.
   */
  void sendLast(Runnable farewell) {
    CompletableFuture<Void> sent = new CompletableFuture<>();
    Scheduler.Timer timer = cutLater();
    scheduler.start(
        "fluke-ssh-goodbye",
        () -> {
          try {
            farewell.run();
          } finally {
            timer.cancel();
            sent.complete(null);
          }
        });
    try {
      scheduler.await(sent, FAREWELL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Scheduler.Timer cutLater() {
    return scheduler.after(LIMIT, () -> scheduler.start("fluke-ssh-cut", cut));
  }
}
