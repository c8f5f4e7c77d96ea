package dev.fluke.testkit;

import dev.fluke.time.Scheduler;
import dev.fluke.transport.UnreachableException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
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
  private final SlowCall opening = new SlowCall();
  private final SlowCall closing = new SlowCall();
  private @Nullable Duration afterCut;
  private int tried;
  private int opened;
  private int open;

  synchronized void refuse(UnreachableException why) {
    refusal = why;
  }

  synchronized void blackHole() {
    blackHole = true;
  }

  void reachable() {
    synchronized (this) {
      refusal = null;
      blackHole = false;
    }
    opening.takesNoTime();
    closing.takesNoTime();
  }

  /** How long connecting takes. */
  SlowCall opening() {
    return opening;
  }

  /** How long closing a connection takes. */
  SlowCall closing() {
    return closing;
  }

  synchronized void goesOnAfterCut(Duration time) {
    afterCut = time;
  }

  /** How long an apply goes on whose connection is lost; empty if it has ended by then. */
  synchronized Optional<Duration> afterCut() {
    return Optional.ofNullable(afterCut);
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
    opening.pass(scheduler);
    synchronized (this) {
      opened++;
      open++;
    }
  }

  /** Passes the time that closing takes; an interrupt ends a wait that has an end. */
  void close(Scheduler scheduler) {
    try {
      closing.pass(scheduler);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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
