package dev.fluke.transport;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A shell that is kept for checks: opened when needed, and let go where others need its room. */
final class KeptShell {
  private final UserShell kind;
  private final KeptShells all;
  private volatile HostCapabilities host = HostCapabilities.NONE;
  private volatile ShellOpener.@Nullable Opened opened;
  private volatile boolean inUse;
  private volatile boolean lacksErrors;

  /** Opens nothing yet. */
  KeptShell(UserShell kind, KeptShells all) {
    this.kind = kind;
    this.all = all;
  }

  UserShell kind() {
    return kind;
  }

  boolean isOpen() {
    return opened != null;
  }

  /** Whether checks are being asked, so that it must not be let go. */
  boolean isInUse() {
    return inUse;
  }

  void use() {
    inUse = true;
  }

  /** What was asked has its answers. */
  void wasUsed() {
    inUse = false;
    all.wasAsked(this);
  }

  /** Whether nothing ever came on standard error, not even the end of it. */
  boolean lacksErrors() {
    return lacksErrors;
  }

  /** Two shells in turn brought nothing on standard error: the transport does not carry it. */
  void foundNoErrors() {
    lacksErrors = true;
  }

  /** What the host can do, as seen from the shell that was opened last. */
  HostCapabilities host() {
    HoldingShell other = all.lent();
    return other == null ? host : other.host();
  }

  /** As {@link #host()}, from the shell that {@link #session} gave. */
  HostCapabilities hostOf(ShellSession shell) {
    HoldingShell other = all.holderWith(shell);
    return other == null ? host : other.host();
  }

  /** Whether the shell that {@link #session} gave is a bash. */
  boolean isBash(ShellSession shell) {
    return kind.isBash() && !holdsLock(shell);
  }

  /**
   * The shell; another one if it can't be used any more.
   *
   * @throws UnreachableException if the host has no shell of this kind for us
   * @throws IOException if it has no room for one now
   */
  ShellSession session() throws InterruptedException, UnreachableException, IOException {
    HoldingShell lent = all.lentTo(this);
    if (lent != null) {
      return lent.session();
    }
    ShellOpener.Opened now = opened;
    if (now != null && now.session().isUsable()) {
      return now.session();
    }
    end();
    try {
      return open();
    } catch (IOException e) {
      HoldingShell only = all.lentWithoutRoom(this);
      if (only == null) {
        throw e;
      }
      return only.session();
    }
  }

  private ShellSession open() throws InterruptedException, UnreachableException, IOException {
    ShellOpener.Opened own = all.opener().open(kind, "");
    host = own.host();
    opened = own;
    all.hasRoom();
    return own.session();
  }

  /** Whether this shell, which {@link #session} gave, holds the host's lock. */
  boolean holdsLock(ShellSession shell) {
    return all.holderWith(shell) != null;
  }

  /** Sends checks to the shell that {@link #session} gave. */
  void write(ShellSession shell, String checks) {
    HoldingShell other = all.holderWith(shell);
    if (other != null) {
      other.ask(kind.user(), checks);
    } else {
      shell.write(kind.isBash() ? asOneText(checks) : checks);
    }
  }

  /**
   * For a bash, which reads its input byte by byte. Where there is no {@code head}, it reads the
   * text itself.
   */
  private static String asOneText(String checks) {
    int length = checks.getBytes(StandardCharsets.UTF_8).length;
    return "eval \"$(head -c " + length + " 2>/dev/null)\"\n" + checks;
  }

  /** Ends the shell and what runs in it. */
  SessionEnd end() {
    HoldingShell other = all.lent();
    if (other != null) {
      return other.end();
    }
    return taken()
        .map(own -> all.opener().closer().end(own, ShellCloser.GRACE))
        .orElse(SessionEnd.GONE);
  }

  /** Lets go of the shell, which runs nothing now. */
  void letGo() {
    taken().ifPresent(own -> own.session().letGo(own.host()));
  }

  /** The shell, which is open here no more. */
  Optional<ShellOpener.Opened> taken() {
    Optional<ShellOpener.Opened> own = Optional.ofNullable(opened);
    opened = null;
    return own;
  }
}
