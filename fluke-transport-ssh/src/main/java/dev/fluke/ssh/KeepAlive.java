package dev.fluke.ssh;

import com.jcraft.jsch.Session;
import dev.fluke.time.Scheduler;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Asks a silent host behind a jump host whether it is still there. JSch does that only over a
 * socket, whose read times out; through a tunnel it has none.
 */
final class KeepAlive {
  private final Scheduler scheduler;
  private final Duration interval;
  private final int maxUnanswered;
  private volatile long heardAt;
  private volatile boolean stopped;
  private int unanswered;

  /**
   * For one connection.
   *
   * @param maxUnanswered after so many questions without an answer the connection is lost
   */
  KeepAlive(Scheduler scheduler, Duration interval, int maxUnanswered) {
    this.scheduler = scheduler;
    this.interval = interval;
    this.maxUnanswered = maxUnanswered;
    this.heardAt = scheduler.nanoTime();
  }

  /** The same bytes; notes when some arrived. */
  InputStream observed(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read() throws IOException {
        int one = in.read();
        heardAt = scheduler.nanoTime();
        return one;
      }

      @Override
      public int read(byte[] bytes, int from, int length) throws IOException {
        int count = in.read(bytes, from, length);
        heardAt = scheduler.nanoTime();
        return count;
      }
    };
  }

  /**
   * Starts to ask, at each interval without an answer.
   *
   * @param onLost run once when the connection is lost, on a thread of its own
   */
  void start(Session session, Runnable onLost) {
    scheduler.after(interval, () -> tick(session, onLost));
  }

  private void tick(Session session, Runnable onLost) {
    if (stopped) {
      return;
    }
    if (scheduler.nanoTime() - heardAt < interval.toNanos()) {
      unanswered = 0;
    } else if (unanswered == maxUnanswered) {
      scheduler.start("fluke-ssh-cut", onLost);
      return;
    } else {
      unanswered++;
      scheduler.start("fluke-ssh-beat", () -> send(session));
    }
    start(session, onLost);
  }

  private static void send(Session session) {
    try {
      session.sendKeepAliveMsg();
    } catch (Exception e) {
      // a connection that can't be written to stays silent, and so is found lost
    }
  }

  /** Stops asking. */
  void stop() {
    stopped = true;
  }
}
