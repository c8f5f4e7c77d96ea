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
    return host;
  }

  /**
   * The shell; another one if it can't be used any more.
   *
   * @throws UnreachableException if the host has no shell for us
   */
  ShellSession session() throws InterruptedException, UnreachableException, IOException {
    ShellSession shell = session;
    if (shell == null || !shell.isUsable()) {
      end();
      ShellOpener.Opened opened = opener.open();
      host = opened.host();
      shell = opened.session();
      session = shell;
    }
    return shell;
  }

  /** Ends the shell and what runs in it. */
  SessionEnd end() {
    ShellSession shell = taken();
    return shell == null ? SessionEnd.GONE : opener.closer().end(shell, host, GRACE);
  }

  /** As {@link #end}, but a host that does not answer at once is not waited for. */
  void endSoon() {
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
      idle.letGo(host);
    }
  }

  private @Nullable ShellSession taken() {
    ShellSession shell = session;
    session = null;
    return shell;
  }
}
