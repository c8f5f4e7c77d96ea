package dev.fluke.ssh;

import com.jcraft.jsch.Session;
import dev.fluke.time.Scheduler;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Asks a silent host whether it is there, where JSch does not: behind a jump host it has no socket
 * that would tell it how long nothing came.
 */
final class KeepAlive {
  private final Scheduler real;
  private final Duration every;
  private final int most;
  private volatile long heardAt;
  private volatile boolean over;
  private int unanswered;

  /**
   * For one connection.
   *
   * @param most so many questions without an answer mean that the host is gone
   */
  KeepAlive(Scheduler real, Duration every, int most) {
    this.real = real;
    this.every = every;
    this.most = most;
    this.heardAt = real.nanoTime();
  }

  /** What comes from the host, noted. */
  InputStream heard(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read() throws IOException {
        int one = in.read();
        heardAt = real.nanoTime();
        return one;
      }

      @Override
      public int read(byte[] bytes, int from, int length) throws IOException {
        int count = in.read(bytes, from, length);
        heardAt = real.nanoTime();
        return count;
      }
    };
  }

  /**
   * Begins to ask.
   *
   * @param lost what to do when the host is gone; may block
   */
  void ask(Session session, Runnable lost) {
    real.after(every, () -> beat(session, lost));
  }

  private void beat(Session session, Runnable lost) {
    if (over) {
      return;
    }
    if (real.nanoTime() - heardAt < every.toNanos()) {
      unanswered = 0;
    } else if (unanswered == most) {
      real.start("fluke-ssh-cut", lost);
      return;
    } else {
      unanswered++;
      real.start("fluke-ssh-beat", () -> send(session));
    }
    ask(session, lost);
  }

  private static void send(Session session) {
    try {
      session.sendKeepAliveMsg();
    } catch (Exception e) {
      // a connection that can't be written to stays silent, and is ended for that
    }
  }

  /** Asks no more. */
  void end() {
    over = true;
  }
}
