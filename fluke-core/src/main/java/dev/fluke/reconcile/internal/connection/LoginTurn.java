package dev.fluke.reconcile.internal.connection;

/**
 * A turn to log in, taken before the limits of the calls that connect. Safe for use by any thread.
 */
final class LoginTurn {
  private final ConnectionPool pool;
  private boolean taken;

  LoginTurn(ConnectionPool pool) {
    this.pool = pool;
  }

  /** Waits for a turn, unless there is one that was not used. */
  void await() throws InterruptedException {
    synchronized (this) {
      if (taken) {
        return;
      }
    }
    pool.awaitTurn();
    synchronized (this) {
      taken = true;
    }
  }

  /** Uses the turn, waiting for one if need be. */
  void use() throws InterruptedException {
    await();
    synchronized (this) {
      taken = false;
    }
  }
}
