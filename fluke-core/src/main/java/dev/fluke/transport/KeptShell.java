package dev.fluke.transport;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The shell that is kept for checks: opened when needed, and let go where others need its room. */
final class KeptShell {
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final Duration GRACE_AFTER_CANCEL = Duration.ofMillis(200);

  private final ShellOpener opener;
  private HostCapabilities host = HostCapabilities.NONE;
  private @Nullable ShellSession session;
  private @Nullable HoldingShell holder;
  private boolean hasNoRoom;

  /** Opens nothing yet. */
  KeptShell(ShellLine line, Target target) {
    this.opener = new ShellOpener(line, target, this::letGo);
  }

  /** Opens shells on the same line; where the host allows no more, this one is let go. */
  ShellOpener opener() {
    return opener;
  }

  /** What the host can do, as seen from the shell that was opened last. */
  HostCapabilities host() {
    HoldingShell other = lent();
    return other == null ? host : other.host();
  }

  /**
   * While it waits for commands, this shell is asked where the host has no room for another one.
   *
   * @param hasNoRoom whether that is known already
   */
  void lend(HoldingShell holding, boolean hasNoRoom) {
    this.holder = holding;
    this.hasNoRoom |= hasNoRoom;
  }

  void endLending() {
    holder = null;
    hasNoRoom = false;
  }

  private @Nullable HoldingShell lent() {
    HoldingShell other = holder;
    return other != null && hasNoRoom && other.isUsable() ? other : null;
  }

  /**
   * The shell; another one if it can't be used any more.
   *
   * @throws UnreachableException if the host has no shell for us
   */
  ShellSession session() throws InterruptedException, UnreachableException, IOException {
    HoldingShell other = lent();
    if (other != null) {
      return other.session();
    }
    ShellSession shell = session;
    if (shell != null && shell.isUsable()) {
      return shell;
    }
    end();
    try {
      return opened();
    } catch (IOException e) {
      hasNoRoom = true;
      HoldingShell only = lent();
      if (only == null) {
        throw e;
      }
      return only.session();
    }
  }

  private ShellSession opened() throws InterruptedException, UnreachableException, IOException {
    ShellOpener.Opened opened = opener.open();
    host = opened.host();
    session = opened.session();
    hasNoRoom = false;
    return opened.session();
  }

  /** Whether this shell, which {@link #session} gave, holds the host's lock. */
  boolean holdsLock(ShellSession shell) {
    HoldingShell other = holder;
    return other != null && shell == other.session();
  }

  /** Sends checks to the shell that {@link #session} gave. */
  void write(ShellSession shell, String checks) {
    HoldingShell other = holder;
    if (other != null && shell == other.session()) {
      other.ask(checks);
    } else {
      shell.write(checks);
    }
  }

  /** Ends the shell and what runs in it. */
  SessionEnd end() {
    HoldingShell other = lent();
    if (other != null) {
      return other.end();
    }
    ShellSession shell = taken();
    return shell == null ? SessionEnd.GONE : opener.closer().end(shell, host, GRACE);
  }

  /** As {@link #end}, but a host that does not answer at once is not waited for. */
  void endSoon() {
    HoldingShell other = lent();
    if (other != null) {
      other.endSoon();
    }
    ShellSession shell = taken();
    if (shell != null) {
      opener.closer().endSoon(shell, host, GRACE_AFTER_CANCEL);
    }
  }

  /** Ends the shell, which runs nothing now, and what its checks left in the background. */
  void endIdle() {
    ShellSession idle = taken();
    if (idle != null) {
      opener.closer().endIdle(idle, host, GRACE);
    }
  }

  private void letGo() {
    ShellSession idle = taken();
    if (idle != null) {
      hasNoRoom = true;
      idle.letGo(host);
    }
  }

  private @Nullable ShellSession taken() {
    ShellSession shell = session;
    session = null;
    return shell;
  }
}
