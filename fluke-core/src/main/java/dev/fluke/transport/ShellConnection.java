package dev.fluke.transport;

import dev.fluke.command.Command;
import dev.fluke.transport.Answer.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One host behind a POSIX shell: a shell that is kept for checks, which take them in batches, and a
 * shell of its own for each apply. On a host that gives no shell to keep, each check has one, too.
 */
final class ShellConnection implements HostConnection {
  private static final String CLOSED = "the connection is closed";

  private final ShellLine line;
  private final Target target;
  private final KeptShell kept;
  private final @Nullable ParallelShells parallel;
  private boolean open = true;

  private ShellConnection(
      ShellLine line, Target target, KeptShell kept, @Nullable ParallelShells parallel) {
    this.line = line;
    this.target = target;
    this.kept = kept;
    this.parallel = parallel;
  }

  static ShellConnection over(ShellLine line, Target target)
      throws UnreachableException, IOException, InterruptedException {
    KeptShell kept = new KeptShell(line, target);
    ParallelShells parallel = null;
    try {
      kept.session();
    } catch (UnreachableException e) {
      ExecOnlyShells execOnly = execOnlyOr(e, kept, line, target);
      parallel = new ParallelShells(execOnly, line, target.scheduler().real());
    }
    return new ShellConnection(line, target, kept, parallel);
  }

  /** For a host that ended the shell, but may run single commands. */
  private static ExecOnlyShells execOnlyOr(
      UnreachableException noShell, KeptShell kept, ShellLine line, Target target)
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
    return parallel == null ? askKeptShell(commands) : askInParallel(parallel, commands);
  }

  private List<Answer> askKeptShell(List<Command> commands) {
    CheckRound round = new CheckRound(commands, kept, target);
    try {
      return round.run();
    } catch (InterruptedException e) {
      kept.endSoon();
      Thread.currentThread().interrupt();
      return round.answersOr(Reason.KILLED, "cancelled");
    } catch (UnreachableException | IOException e) {
      open = false;
      return round.answersOr(
          Reason.CONNECTION_LOST, "the shell can't be had again: " + e.getMessage());
    }
  }

  private static List<Answer> askInParallel(ParallelShells shells, List<Command> commands) {
    try {
      return shells.ask(commands);
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
    try {
      return parallel == null ? actInOwnShell(command) : parallel.shells().act(command);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Answer.none(Reason.NOT_BEGUN, "cancelled before it began");
    } catch (UnreachableException | IOException e) {
      open = false;
      return Answer.none(Reason.CONNECTION_LOST, "no shell for the apply: " + e.getMessage());
    }
  }

  private Answer actInOwnShell(Command command)
      throws UnreachableException, IOException, InterruptedException {
    ShellOpener.Opened own = kept.opener().open();
    FrameMarkers marks = FrameMarkers.fresh(target.scheduler().real().random());
    own.session().write(new CommandScript(command, target, own.host(), marks).apply());
    return new ApplyExchange(kept.opener().closer(), own, command, marks).run();
  }

  @Override
  public boolean isOpen() {
    return open && line.isOpen();
  }

  @Override
  public List<String> capabilities() {
    return host().names();
  }

  @Override
  public List<String> remarks() {
    List<String> remarks = new ArrayList<>(line.remarks());
    if (!host().hasLock()) {
      remarks.add(
          "no usable flock: whether an apply that lost its connection still runs is asked of its"
              + " process");
    }
    if (parallel != null) {
      remarks.add(parallel.shells().remark());
    }
    return List.copyOf(remarks);
  }

  private HostCapabilities host() {
    return parallel == null ? kept.host() : parallel.shells().host();
  }

  @Override
  public void close() {
    open = false;
    kept.endIdle();
    line.close();
  }
}
