package dev.fluke.ssh;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The input of a shell, which takes nothing once its channel ends. JSch would send what had to wait
 * for the host to take it even after it has closed the channel, if both happen at a time; OpenSSH
 * ends the whole connection for that.
 */
final class SshInput {
  private static final int PACKET = 32_000;

  /** Who sends for longer than these waits until the host takes more, and then sends nothing. */
  private static final Duration IN_FLIGHT = Duration.ofMillis(500);

  private static final Duration IN_FLIGHT_HERE = Duration.ofMillis(100);

  private final OutputStream channel;
  private final ReentrantLock sending = new ReentrantLock();
  private volatile boolean shut;

  SshInput(OutputStream channel) {
    this.channel = channel;
  }

  /** Sends all of it; fails if the channel ended before. */
  void write(byte[] bytes) throws IOException {
    for (int from = 0; from < bytes.length; from += PACKET) {
      sending.lock();
      try {
        if (shut) {
          throw new IOException("the shell takes no input any more");
        }
        channel.write(bytes, from, Math.min(PACKET, bytes.length - from));
        channel.flush();
      } finally {
        sending.unlock();
      }
    }
  }

  /** The shell has ended, and its channel is closed after this: lets go what is being sent. */
  void endedThere() {
    shut(IN_FLIGHT);
  }

  /** The same, for a channel that is about to be closed here. */
  void endsHere() {
    shut(IN_FLIGHT_HERE);
  }

  private void shut(Duration inFlight) {
    shut = true;
    boolean interrupted = Thread.interrupted();
    try {
      if (sending.tryLock(inFlight.toMillis(), TimeUnit.MILLISECONDS)) {
        sending.unlock();
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
