package dev.fluke.transport;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The lock of the host behind a connection, if the host has one that can be held. */
final class HostLock implements HoldingShell.Listener {
  private final KeptShells kept;
  private final @Nullable ParallelShells parallel;
  private final Target target;
  private final BooleanSupplier isConnected;
  private volatile @Nullable HoldingShell holder;
  private volatile boolean failed;

  /**
   * Takes nothing yet.
   *
   * @param parallel on a host that gives no shell to keep
   */
  HostLock(
      KeptShells kept,
      @Nullable ParallelShells parallel,
      Target target,
      BooleanSupplier isConnected) {
    this.kept = kept;
    this.parallel = parallel;
    this.target = target;
    this.isConnected = isConnected;
  }

  /** What the host can do. */
  HostCapabilities host() {
    return parallel == null ? kept.login().host() : parallel.shells().host();
  }

  boolean canBeHeld() {
    return host().canHold() && !failed && (parallel == null || parallel.shells().hasInput());
  }

  /** For people: why it can't be held. */
  String whyNot() {
    if (failed || !host().hasLock()) {
      String why =
          failed && host().hasLock() ? "flock on the home directory failed" : host().lockTrouble();
      return why + "; whether an apply that lost its connection still runs is asked of its process";
    }
    return host().hasTimeout()
        ? "no input reaches commands, so none can wait under the lock"
        : "no usable timeout, so nothing would end a wait under the lock";
  }

  /**
   * Opens a shell that takes the lock.
   *
   * @param wait how long that shell waits for a command
   * @return empty if another process has the lock
   * @throws UnreachableException if the shell can't be had
   * @throws IOException if the host has no room for it
   */
  Optional<HoldingShell> take(Duration wait)
      throws UnreachableException, IOException, InterruptedException {
    HoldScript script = HoldScript.fresh(target.scheduler().real().random(), wait);
    ShellOpener.Opened own =
        parallel == null
            ? kept.opener().open(UserShell.LOGIN, script.text())
            : parallel.shells().hold(script);
    Optional<HoldingShell> taken = HoldingShell.of(own, script, kept.opener(), target, this);
    taken.ifPresent(this::lend);
    return taken;
  }

  private void lend(HoldingShell shell) {
    failed = !shell.isLocked();
    holder = shell;
    kept.lend(shell, parallel != null);
  }

  boolean isHeld() {
    return holder != null;
  }

  /** Gives it back, if it is held. */
  void giveBack() {
    HoldingShell shell = holder;
    if (shell != null) {
      shell.close();
    }
  }

  @Override
  public boolean isOpen() {
    return isConnected.getAsBoolean();
  }

  @Override
  public void holdEnded() {
    holder = null;
    kept.endLending();
  }
}
