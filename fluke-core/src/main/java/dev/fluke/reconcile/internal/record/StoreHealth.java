package dev.fluke.reconcile.internal.record;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the event store works. Tells its listeners of each change, one after the other. Safe for
 * use by any thread.
 */
final class StoreHealth {
  private static final Logger log = LoggerFactory.getLogger(StoreHealth.class);

  private volatile Consumer<String> whenFailing = why -> {};
  private volatile Runnable whenWorking = () -> {};
  private volatile String lastError = "";
  private boolean failing;
  private final Deque<Runnable> untold = new ArrayDeque<>();
  private boolean telling;

  /**
   * Sets what is called after each change.
   *
   * @param failed is given the reason when the store begins to fail
   * @param works is called when it works again
   */
  void listeners(Consumer<String> failed, Runnable works) {
    whenFailing = failed;
    whenWorking = works;
  }

  /** Why the latest call failed; empty if it did not. */
  String lastError() {
    return lastError;
  }

  /**
   * A call failed, or takes too long.
   *
   * @param t what it threw; null while it has not ended
   */
  void failing(String why, @Nullable Throwable t) {
    synchronized (this) {
      lastError = why;
      if (failing) {
        return;
      }
      failing = true;
      untold.add(() -> log.debug("the event store fails; events wait for it", t));
      untold.add(() -> whenFailing.accept(why));
    }
    tell();
  }

  /** Tells of the changes in their order and without a lock, unless another thread does so. */
  private void tell() {
    for (Runnable next = nextUntold(true); next != null; next = nextUntold(false)) {
      safely(next);
    }
  }

  private synchronized @Nullable Runnable nextUntold(boolean begins) {
    if (begins && telling) {
      return null;
    }
    Runnable next = untold.poll();
    telling = next != null;
    return next;
  }

  /** What a listener throws must not count as a failure of the store. */
  private static void safely(Runnable listener) {
    try {
      listener.run();
    } catch (Throwable t) {
      log.error("a change of the event store could not be reported", t);
    }
  }

  /** A call returned. */
  void works() {
    if (!lastError.isEmpty()) {
      worksAgain();
    }
  }

  private void worksAgain() {
    synchronized (this) {
      lastError = "";
      if (!failing) {
        return;
      }
      failing = false;
      untold.add(whenWorking);
    }
    tell();
  }
}
