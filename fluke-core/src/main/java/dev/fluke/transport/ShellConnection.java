package dev.fluke.transport;

import dev.fluke.command.Command;
import dev.fluke.transport.Answer.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One host behind a POSIX shell: shells that are kept for checks, one for each user, which take
 * them in batches, and a shell of its own for each apply, which holds the host's lock. On a host
 * that gives no shell to keep, each check has one, too.
 */
final class ShellConnection implements HostConnection {
  private static final String CLOSED = "the connection is closed";
  private static final Duration WAIT_FOR_ONE = Duration.ofSeconds(30);

  private final ShellLine line;
  private final Target target;
  private final KeptShells kept;
  private final SudoRights rights;
  private final @Nullable ParallelShells parallel;
  private final HostLock lock;
  private volatile boolean open = true;

  private ShellConnection(
      ShellLine line, Target target, KeptShells kept, @Nullable ParallelShells parallel) {
    this.line = line;
    this.target = target;
    this.kept = kept;
    this.rights = new SudoRights(target);
    this.parallel = parallel;
    this.lock = new HostLock(kept, parallel, target, this::isOpen);
  }

  static ShellConnection over(ShellLine line, Target target)
      throws UnreachableException, IOException, InterruptedException {
    KeptShells kept = new KeptShells(line, target);
    ParallelShells parallel = null;
    try {
      kept.login().session();
    } catch (UnreachableException e) {
      ExecOnlyShells execOnly = execOnlyOr(e, kept, line, target);
      parallel = new ParallelShells(execOnly, line, target.scheduler().real());
    }
    return new ShellConnection(line, target, kept, parallel);
  }

  /** For a host that ended the shell, but may run single commands. */
  private static ExecOnlyShells execOnlyOr(
      UnreachableException noShell, KeptShells kept, ShellLine line, Target target)
      throws UnreachableException, InterruptedException {
    if (!noShell.isShellRefused() || !line.isOpen()) {
      throw noShell;
    }
    try {
      return new ExecOnlyShells(kept.opener(), target);
    } catch (UnreachableException | IOException e) {
      noShell.addSuppressed(e);
      throw noShell;
    }
  }

  @Override
  public List<Answer> ask(List<Command> commands) {
    if (!open) {
      return commands.stream().map(each -> Answer.none(Reason.CONNECTION_LOST, CLOSED)).toList();
    }
    if (parallel == null) {
      return askKeptShells(commands);
    }
    return askInParallel(
        parallel,
        commands,
        lock.isHeld() ? command -> askKeptShells(List.of(command)).get(0) : null);
  }

  private List<Answer> askKeptShells(List<Command> commands) {
    CheckRounds rounds = new CheckRounds(commands, kept, rights, line, target);
    try {
      return rounds.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return rounds.answersOr(Reason.KILLED, "cancelled");
    } catch (UnreachableException | IOException e) {
      open = false;
      return rounds.answersOr(
          Reason.CONNECTION_LOST, "the shell can't be had again: " + e.getMessage());
    }
  }

  private static List<Answer> askInParallel(
      ParallelShells shells,
      List<Command> commands,
      @Nullable Function<Command, Answer> withoutRoom) {
    try {
      return shells.ask(commands, withoutRoom);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return commands.stream().map(each -> Answer.none(Reason.KILLED, "cancelled")).toList();
    }
  }

  @Override
  public Answer act(Command command) {
    if (!open) {
      return Answer.none(Reason.CONNECTION_LOST, CLOSED);
    }
    return begun(
        () -> lock.canBeHeld() ? actUnderLock(command) : actInOwnShell(command), none -> none);
  }

  private Answer actUnderLock(Command command)
      throws UnreachableException, IOException, InterruptedException {
    Optional<HoldingShell> taken = lock.take(WAIT_FOR_ONE);
    if (taken.isEmpty()) {
      return FrameReader.LOCKED;
    }
    try (HoldingShell shell = taken.get()) {
      return shell.actOnce(command);
    }
  }

  private Answer actInOwnShell(Command command)
      throws UnreachableException, IOException, InterruptedException {
    if (parallel != null) {
      return parallel.shells().act(command);
    }
    ShellOpener.Opened own = kept.opener().open();
    FrameMarkers marks = FrameMarkers.fresh(target.scheduler().real().random());
    own.session().write(new CommandScript(command, target, own.host(), marks).apply());
    return new ApplyExchange(kept.opener().closer(), own, command, marks).run();
  }

  @Override
  public boolean holdsLock() {
    return lock.canBeHeld();
  }

  @Override
  public Held hold(Duration wait) {
    if (!open) {
      return Held.notTaken(none(Reason.CONNECTION_LOST, CLOSED));
    }
    return lock.canBeHeld()
        ? begun(
            () ->
                lock.take(wait)
                    .<Held>map(held -> held)
                    .orElseGet(() -> Held.notTaken(FrameReader.LOCKED)),
            Held::notTaken)
        : Held.withoutLock(this::act);
  }

  /** What the attempt gives; what is made of the reason if nothing can begin. */
  private <T> T begun(RoomRetry.Attempt<T> attempt, Function<Answer.None, T> without) {
    try {
      return attempt.make();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return without.apply(none(Reason.NOT_BEGUN, "cancelled before it began"));
    } catch (UnreachableException | IOException e) {
      open = false;
      return without.apply(
          none(Reason.CONNECTION_LOST, "no shell for the apply: " + e.getMessage()));
    }
  }

  private static Answer.None none(Reason reason, String why) {
    return new Answer.None(reason, why, Optional.empty());
  }

  @Override
  public boolean isOpen() {
    return open && line.isOpen();
  }

  @Override
  public List<String> capabilities() {
    return lock.host().names();
  }

  @Override
  public List<String> remarks() {
    List<String> remarks = new ArrayList<>(line.remarks());
    if (!lock.canBeHeld()) {
      remarks.add(Held.TWO_MAY_APPLY + ": " + lock.whyNot());
    }
    if (parallel != null) {
      remarks.add(parallel.shells().remark());
    }
    return List.copyOf(remarks);
  }

  @Override
  public void close() {
    open = false;
    lock.giveBack();
    kept.endIdle();
    line.close();
  }
}
