package dev.fluke.transport;

import dev.fluke.command.Command;
import dev.fluke.text.Durations;
import dev.fluke.transport.Answer.Reason;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The shell of one step's apply: it holds the host's lock, and waits for commands. On a host with
 * room for one shell only, it answers checks, too. What it runs is all of one user; a command of
 * another one runs beside it, see {@link CommandBeside}.
 */
final class HoldingShell implements Held {

  private final ShellOpener opener;
  private final ShellOpener.Opened own;
  private final Target target;
  private final HoldScript script;
  private final Listener listener;
  private Duration wait;
  private @Nullable String user; // of all that it runs; null before the first command
  private boolean acting;
  private boolean ended;
  private boolean closed;

  private HoldingShell(
      ShellOpener opener,
      ShellOpener.Opened own,
      Target target,
      HoldScript script,
      Listener listener) {
    this.opener = opener;
    this.own = own;
    this.target = target;
    this.script = script;
    this.listener = listener;
    this.wait = script.firstWait();
  }

  /** The connection of the shell. */
  interface Listener {
    /** Whether the connection is open. */
    boolean isOpen();

    /** The lock was given back; called once. */
    void holdEnded();
  }

  /**
   * Waits until the lock is taken.
   *
   * @param own the shell to which the script was said
   * @return empty if another process has the lock
   * @throws UnreachableException if the shell ended, or is silent
   */
  static Optional<HoldingShell> of(
      ShellOpener.Opened own,
      HoldScript script,
      ShellOpener opener,
      Target target,
      Listener listener)
      throws UnreachableException, InterruptedException {
    try {
      return switch (script.read(own.session())) {
        case YES -> Optional.of(new HoldingShell(opener, own, target, script, listener));
        case NO_LOCK_HERE ->
            Optional.of(new HoldingShell(opener, own.withoutLock(), target, script, listener));
        case BY_ANOTHER -> {
          own.session().letGo(own.host());
          yield Optional.empty();
        }
      };
    } catch (UnreachableException e) {
      own.session().kill(Duration.ofSeconds(1));
      throw e;
    } catch (InterruptedException e) {
      opener.closer().endSoon(own, ShellCloser.GRACE_AFTER_CANCEL);
      throw e;
    }
  }

  @Override
  public Optional<Answer.None> refused() {
    return Optional.empty();
  }

  @Override
  public Answer act(Command command) {
    return act(command, false);
  }

  /** Runs the only command of an apply: when its answer has come, the lock was given back. */
  Answer actOnce(Command command) {
    return act(command, true);
  }

  private Answer act(Command command, boolean isLast) {
    String itsUser = UserShell.otherUser(command, own.host()).orElse("");
    boolean isFirst;
    boolean isBeside;
    synchronized (this) {
      if (closed || ended || !own.session().isUsable()) {
        return notBegun();
      }
      isFirst = user == null;
      isBeside = !runsFor(itsUser);
      user = isFirst ? itsUser : user;
      acting = true;
    }
    Duration next = script.waitAfter(command.timeout().orElse(ApplyExchange.LIMIT));
    if (isBeside) {
      CommandBeside beside = new CommandBeside(opener, own, command, target);
      Answer answer = beside.run(itsUser, next);
      acted(beside.hasEndedHolder());
      return answer;
    }
    FrameMarkers marks =
        FrameMarkers.fresh(target.scheduler().real().random()).withLocked(script.over());
    CommandScript words = new CommandScript(command, target, own.host(), marks);
    own.session().write(HoldScript.go(words.held(isLast, next)));
    ApplyExchange exchange = new ApplyExchange(opener.closer(), own, command, marks);
    Answer answer = exchange.runHeld(isFirst);
    acted(exchange.hasEndedShell());
    if (answer instanceof Answer.None none && none.reason() == Reason.LOCKED) {
      return notBegun();
    }
    wait = next;
    return answer;
  }

  private void acted(boolean endedShell) {
    boolean closedMeanwhile;
    synchronized (this) {
      acting = false;
      ended |= endedShell;
      closedMeanwhile = closed && !ended;
    }
    if (closedMeanwhile) {
      letGo();
    }
  }

  private Answer notBegun() {
    return listener.isOpen()
        ? Answer.none(
            Reason.NOT_BEGUN,
            "not begun: the shell of this apply has ended; the host ends it after %s without a command"
                .formatted(Durations.display(wait)))
        : Answer.none(Reason.CONNECTION_LOST, "the connection was lost before it was sent");
  }

  /** Whether the host keeps other applies out. */
  boolean isLocked() {
    return own.host().hasLock();
  }

  /** Whether checks can be asked here. */
  synchronized boolean isUsable() {
    return !closed && !ended && own.session().isUsable();
  }

  ShellSession session() {
    return own.session();
  }

  HostCapabilities host() {
    return own.host();
  }

  /** Whether it may run something of this user, who is the login user if empty. */
  synchronized boolean runsFor(String other) {
    return user == null || user.equals(other);
  }

  /** Sends checks of a user, which inherit neither the lock nor the way of the output. */
  void ask(String asUser, String checks) {
    synchronized (this) {
      user = asUser;
    }
    own.session().write(HoldScript.go("{\n(\n" + checks + ") 3>&- 9<&-\n}\n"));
  }

  /** Ends the shell and what runs in it, and so the hold. */
  SessionEnd end() {
    return opener.closer().end(ending(), ShellCloser.GRACE);
  }

  /** As {@link #end}, but a host that does not answer at once is not waited for. */
  void endSoon() {
    opener.closer().endSoon(ending(), ShellCloser.GRACE_AFTER_CANCEL);
  }

  private synchronized ShellOpener.Opened ending() {
    ended = true;
    return own;
  }

  /** What runs is left to end by itself, and the lock is given back then. */
  @Override
  public void close() {
    boolean waits;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      waits = !ended && !acting;
    }
    if (waits) {
      letGo();
    }
    listener.holdEnded();
  }

  private void letGo() {
    if (own.session().isUsable()) {
      own.session().write(HoldScript.end());
    }
    own.session().letGo(own.host());
  }
}
