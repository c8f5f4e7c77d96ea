package dev.fluke.transport;

import static dev.fluke.command.ShellQuoting.quote;
import static java.util.Objects.requireNonNull;

import dev.fluke.text.Printable;
import dev.fluke.time.Scheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Opens shells: cleans each once, so that every command starts clean, and finds out what the host
 * can do.
 */
final class ShellOpener {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int TRIES_TO_END = 5;
  private static final Pattern PROCESS = Pattern.compile("[0-9]{1,10}");

  private final ShellLine line;
  private final Target target;
  private final Scheduler real;
  private final RoomRetry room;
  private final ShellCloser closer;
  private volatile boolean execOnly;
  private volatile @Nullable HostCapabilities known;

  /**
   * Opens shells on this line.
   *
   * @param makeRoom lets go of a shell that is not in use, where the host allows no more; gives
   *     whether there may be room soon
   */
  ShellOpener(ShellLine line, Target target, BooleanSupplier makeRoom) {
    this.line = line;
    this.target = target;
    this.real = target.scheduler().real();
    this.room = new RoomRetry(real, makeRoom);
    this.closer = new ShellCloser(line, real, this);
  }

  /** Ends what was opened. */
  ShellCloser closer() {
    return closer;
  }

  /** A clean shell, and what its host can do. */
  record Opened(ShellSession session, HostCapabilities host, UserShell kind) {

    /** The same, on a host whose lock can't be taken. */
    Opened withoutLock() {
      return new Opened(session, host.withoutLock(), kind);
    }
  }

  /**
   * Opens a shell of the login user that reads commands from its input.
   *
   * @throws UnreachableException if the host has no shell for us
   * @throws IOException if the host has no room for one more
   */
  Opened open() throws UnreachableException, InterruptedException, IOException {
    return open(UserShell.LOGIN, "");
  }

  /**
   * As {@link #open()}, a shell of this kind, and says more to it as soon as it is a clean one: on
   * a host that is known, without a round trip more. A shell of another kind than the login user's
   * needs a host that is known.
   */
  Opened open(UserShell kind, String then)
      throws UnreachableException, InterruptedException, IOException {
    ShellSession session = started(line, RoomRetry.TRIES);
    long until = session.now() + LIMIT.toNanos();
    try {
      String mark = "O" + FrameMarkers.nonce(real.random());
      session.write(ShellScripts.opening(mark, kind, isRoot(), target));
      ShellReply.read(session, mark, until);
      HostCapabilities host =
          kind.equals(UserShell.LOGIN)
              ? introduced(session, mark, until, then)
              : introducedAs(kind, session, mark, until, then);
      synchronized (session) {
        session.err().take(session.err().size());
      }
      return new Opened(session, host, kind);
    } catch (UnreachableException e) {
      String words = kind.equals(UserShell.LOGIN) ? "" : ShellReply.lastWords(session);
      session.kill(Duration.ofSeconds(1));
      throw words.isEmpty() ? e : UnreachableException.shellRefused(words);
    } catch (InterruptedException e) {
      session.kill(Duration.ofSeconds(1));
      throw e;
    }
  }

  private boolean isRoot() {
    HostCapabilities host = known;
    return host != null && host.isRoot();
  }

  /**
   * What the host can do, asked once; only after the shell was cleaned, since one may read ahead
   * what is meant for the next.
   */
  private HostCapabilities introduced(ShellSession session, String mark, long until, String then)
      throws UnreachableException, InterruptedException {
    HostCapabilities before = known;
    if (before != null) {
      session.write(ShellScripts.introducing(mark) + then);
      return before.at(ShellReply.read(session, mark, until));
    }
    session.write(ShellScripts.probing(mark, target));
    HostCapabilities found = HostCapabilities.read(ShellReply.read(session, mark, until), target);
    known = found;
    if (!then.isEmpty()) {
      session.write(then);
    }
    return found;
  }

  /** What sudo said before the shell began is not output of a command. */
  private HostCapabilities introducedAs(
      UserShell kind, ShellSession session, String mark, long until, String then)
      throws UnreachableException, InterruptedException {
    session.write(ShellScripts.introducingOnBoth(mark) + then);
    String process = ShellReply.read(session, mark, until);
    ShellReply.skipErrors(session, mark);
    if (!PROCESS.matcher(process).matches()) {
      throw UnreachableException.because(
          "the shell answers strangely: " + Printable.lastLineOf(process, 400));
    }
    return requireNonNull(known, "known").as(kind, process);
  }

  /** From now on, each shell is opened for one thing to do, and none reads commands. */
  void useExecOnly() {
    execOnly = true;
  }

  /**
   * Opens a clean shell on a host where none can be kept.
   *
   * @param script what the shell does, such as reading more from its input
   * @param known what the host can do
   */
  Opened single(String script, HostCapabilities known)
      throws UnreachableException, InterruptedException, IOException {
    String mark = "O" + FrameMarkers.nonce(real.random());
    ShellSession session = ShellSession.run(ShellScripts.single(mark, script, target), line, real);
    try {
      String process = ShellReply.read(session, mark, session.now() + LIMIT.toNanos());
      ShellReply.skipErrors(session, mark);
      return new Opened(session, known.at(process), UserShell.LOGIN);
    } catch (UnreachableException | InterruptedException e) {
      session.kill(Duration.ofSeconds(1));
      throw e;
    }
  }

  /** As {@link #single}, again and again where the host has no room for one more. */
  Opened singleWithRoom(String script, HostCapabilities known)
      throws UnreachableException, InterruptedException, IOException {
    return room.first(line, RoomRetry.TRIES, () -> single(script, known));
  }

  /**
   * As {@code open} of a piped kind, also on a host where no shell can be kept.
   *
   * @param host what it can do
   */
  Opened piped(UserShell kind, HostCapabilities host)
      throws UnreachableException, InterruptedException, IOException {
    if (!execOnly) {
      return open(kind, "");
    }
    String mark = "O" + FrameMarkers.nonce(real.random());
    Opened own = singleWithRoom(ShellScripts.piped(":"), host);
    try {
      own.session().write(ShellScripts.introducing(mark));
      long until = own.session().now() + LIMIT.toNanos();
      return new Opened(own.session(), host.at(ShellReply.read(own.session(), mark, until)), kind);
    } catch (UnreachableException | InterruptedException e) {
      own.session().kill(Duration.ofSeconds(1));
      throw e;
    }
  }

  /**
   * Opens a shell on any line to the host for a script that ends itself, of the same user as this
   * kind; it is not cleaned.
   */
  ShellSession toEnd(UserShell kind, String script, ShellLine line)
      throws UnreachableException, InterruptedException, IOException {
    String own = "{\n" + ShellScripts.ownTools(target.searchPath()) + "\n" + script + "}\n";
    if (execOnly) {
      return ShellSession.run("/bin/sh -c " + quote(own), line, real);
    }
    ShellSession session = started(line, TRIES_TO_END);
    session.write(kind.isOfAnotherUser() ? ShellScripts.as(kind, isRoot(), script, target) : own);
    return session;
  }

  private ShellSession started(ShellLine line, int tries)
      throws UnreachableException, InterruptedException, IOException {
    return room.first(line, tries, () -> ShellSession.start(line, real));
  }
}
