package dev.fluke.testkit;

import dev.fluke.time.Scheduler;
import dev.fluke.transport.UnreachableException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The connections to a fake host: which attempts fail, which connections are lost, how many there
 * are. Safe for use by any thread.
 */
final class FakeNetwork {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(25);

  private final Set<String> losingAt = new HashSet<>();
  private final Set<String> losingBefore = new HashSet<>();
  private @Nullable UnreachableException refusal;
  private boolean blackHole;
  private int tried;
  private int opened;
  private int open;

  synchronized void refuse(UnreachableException why) {
    refusal = why;
  }

  synchronized void blackHole() {
    blackHole = true;
  }

  synchronized void reachable() {
    refusal = null;
    blackHole = false;
  }

  synchronized void loseAt(String text) {
    losingAt.add(text);
  }

  synchronized void loseBefore(String text) {
    losingBefore.add(text);
  }

  /**
   * Whether the connection is lost when this command is sent; true once for each {@link #loseAt}.
   */
  synchronized boolean losesAt(String text) {
    return losingAt.remove(text);
  }

  /**
   * Whether the connection is lost before this command is sent; true once for each {@link
   * #loseBefore}.
   */
  synchronized boolean losesBefore(String text) {
    return losingBefore.remove(text);
  }

  /** Counts a new connection, unless connecting fails. */
  void connect(Scheduler scheduler) throws UnreachableException, InterruptedException {
    boolean hangs;
    synchronized (this) {
      tried++;
      hangs = blackHole;
      if (refusal != null) {
        throw refusal;
      }
    }
    if (hangs) {
      scheduler.sleep(CONNECT_TIMEOUT);
      throw UnreachableException.because("connecting timed out");
    }
    synchronized (this) {
      opened++;
      open++;
    }
  }

  synchronized void disconnect() {
    open--;
  }

  synchronized int tried() {
    return tried;
  }

  synchronized int opened() {
    return opened;
  }

  synchronized int open() {
    return open;
  }
}
