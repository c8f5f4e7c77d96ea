package dev.fluke.ssh;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The input of a shell; refuses to send once its channel ends. If one thread waits to send while
 * another closes the channel, JSch may send after the close, and OpenSSH then ends the whole
 * connection.
 */
final class SshInput {
  private static final int PACKET = 32_000;

  /** A write that lasts longer than these waits for the host to take more, and sends nothing. */
  private static final Duration LAST_WRITE = Duration.ofMillis(500);

  private static final Duration LAST_WRITE_HERE = Duration.ofMillis(100);

  private final OutputStream channel;
  private final ReentrantLock sending = new ReentrantLock();
  private volatile boolean shut;

  SshInput(OutputStream channel) {
    this.channel = channel;
  }

  /** Sends all bytes. Fails if the channel has ended. */
  void write(byte[] bytes) throws IOException {
    for (int from = 0; from < bytes.length; from += PACKET) {
      sending.lock();
      try {
        if (shut) {
          throw new IOException("the shell has ended and takes no input");
        }
        channel.write(bytes, from, Math.min(PACKET, bytes.length - from));
        channel.flush();
      } finally {
        sending.unlock();
      }
    }
  }

  /** The host ended the shell and JSch closes its channel next: waits for a write under way. */
  void closedByHost() {
    shut(LAST_WRITE);
  }

  /** The channel is about to be closed here: waits for a write under way. */
  void closingHere() {
    shut(LAST_WRITE_HERE);
  }

  private void shut(Duration lastWrite) {
    shut = true;
    boolean interrupted = Thread.interrupted();
    try {
      if (sending.tryLock(lastWrite.toMillis(), TimeUnit.MILLISECONDS)) {
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
