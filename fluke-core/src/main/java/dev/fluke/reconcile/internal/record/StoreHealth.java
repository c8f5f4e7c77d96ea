package dev.fluke.reconcile.internal.record;

import dev.fluke.time.Scheduler;
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

  private final RateLimitedLog failures;
  private volatile Consumer<String> whenFailing = why -> {};
  private volatile Runnable whenWorking = () -> {};
  private volatile String lastError = "";
  private boolean failing;

  StoreHealth(Scheduler scheduler) {
    this.failures = new RateLimitedLog(scheduler);
  }

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
  synchronized void failing(String why, @Nullable Throwable t) {
    lastError = why;
    if (failing) {
      return;
    }
    failing = true;
    String what = "the event store fails; events wait for it";
    if (t == null) {
      log.warn("{}: {}", what, why);
    } else {
      failures.warn(what, t);
    }
    safely(() -> whenFailing.accept(why));
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

  private synchronized void worksAgain() {
    lastError = "";
    if (failing) {
      failing = false;
      log.info("the event store works again");
      safely(whenWorking);
    }
  }
}
