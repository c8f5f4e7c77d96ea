package dev.fluke.transport;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The shells that are kept for checks, one of each kind. Where the host has no room for one more,
 * the one that was used longest ago is let go. Safe for any thread.
 */
final class KeptShells {
  private final ShellOpener opener;
  private final Map<UserShell, KeptShell> shells = new LinkedHashMap<>(8, 0.75f, true);
  private volatile @Nullable HoldingShell holder;
  private @Nullable KeptShell asksHolder;
  private volatile boolean hasNoRoom;
  private volatile boolean waitsForRoom = true;

  /** Opens nothing yet. */
  KeptShells(ShellLine line, Target target) {
    this.opener = new ShellOpener(line, target, this::makeRoom);
  }

  /** Opens shells on the same line; where the host allows no more, one of these is let go. */
  ShellOpener opener() {
    return opener;
  }

  /** The shell of this kind. */
  synchronized KeptShell of(UserShell kind) {
    return shells.computeIfAbsent(kind, it -> new KeptShell(it, this));
  }

  /** That of the login user. */
  KeptShell login() {
    return of(UserShell.LOGIN);
  }

  /** Whether a shell waits for room even if all that could be let go are being asked now. */
  void waitForRoom(boolean waits) {
    waitsForRoom = waits;
  }

  /** Lets go of a shell, if one is idle; gives whether there may be room soon. */
  private synchronized boolean makeRoom() {
    List<KeptShell> open = shells.values().stream().filter(KeptShell::isOpen).toList();
    KeptShell idle = open.stream().filter(each -> !each.isInUse()).findFirst().orElse(null);
    if (idle == null) {
      return open.isEmpty() || waitsForRoom;
    }
    idle.letGo();
    hasNoRoom |= open.size() == 1;
    return true;
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

  /** A shell was opened. */
  void hasRoom() {
    hasNoRoom = false;
  }

  /**
   * The shell that holds the lock, if it is the only one that can be asked.
   *
   * @throws IOException if it must not be asked: it runs commands of another user, or is being
   *     asked
   */
  synchronized @Nullable HoldingShell lentTo(KeptShell shell) throws IOException {
    HoldingShell other = lent();
    if (other == null) {
      return null;
    }
    if (!other.runsFor(shell.kind().user())) {
      throw new IOException("the host has room for one shell, which runs commands of another user");
    }
    if (asksHolder != null && asksHolder != shell) {
      throw new IOException("the host has room for one shell, which is being asked");
    }
    asksHolder = shell;
    return other;
  }

  /** As {@link #lentTo}, for a shell that was not opened for lack of room. */
  @Nullable HoldingShell lentWithoutRoom(KeptShell shell) throws IOException {
    if (!waitsForRoom) {
      return null;
    }
    hasNoRoom = true;
    return lentTo(shell);
  }

  @Nullable HoldingShell lent() {
    HoldingShell other = holder;
    return other != null && hasNoRoom && other.isUsable() ? other : null;
  }

  /** The shell that holds the lock, if this is its session. */
  @Nullable HoldingShell holderWith(ShellSession session) {
    HoldingShell other = holder;
    return other != null && session == other.session() ? other : null;
  }

  /** The holder is asked no more on behalf of this shell. */
  synchronized void wasAsked(KeptShell shell) {
    if (asksHolder == shell) {
      asksHolder = null;
    }
  }

  /** Nothing is asked any more. */
  synchronized void wereUsed() {
    shells.values().forEach(KeptShell::wasUsed);
  }

  /** Ends those that are being asked; a host that does not answer at once is not waited for. */
  void endSoon() {
    HoldingShell other = lent();
    if (other != null) {
      other.endSoon();
    }
    opener.closer().endSoon(taken(true));
  }

  /** Ends all, which run nothing now, and what their checks left in the background. */
  void endIdle() {
    opener.closer().endIdle(taken(false));
  }

  private synchronized List<ShellOpener.Opened> taken(boolean onlyInUse) {
    return shells.values().stream()
        .filter(shell -> shell.isInUse() || !onlyInUse)
        .flatMap(shell -> shell.taken().stream())
        .toList();
  }
}
