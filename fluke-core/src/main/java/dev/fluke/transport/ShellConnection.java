package dev.fluke.transport;

import dev.fluke.command.Command;
import dev.fluke.time.Scheduler;
import dev.fluke.transport.Answer.Reason;
import dev.fluke.transport.FrameReader.Came;
import dev.fluke.transport.FrameReader.Frame;
import dev.fluke.transport.ShellCloser.End;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One host behind a POSIX shell: a shell that is kept for checks, which take them in batches, and a
 * shell of its own for each apply.
 */
final class ShellConnection implements HostConnection {
  static final Duration TO_BEGIN = Duration.ofSeconds(10);
  private static final Duration STANDSTILL = Duration.ofSeconds(5);
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final Duration GRACE_AFTER_CANCEL = Duration.ofMillis(200);
  static final long MOST_OF_A_CHECK = 16L * 1024 * 1024;
  private static final String CLOSED = "the connection is closed";
  private static final int LARGE_STDIN = 64 * 1024;

  private final ShellLine line;
  private final ShellOpener opening;
  private final Target target;
  private final Scheduler real;
  private final @Nullable ExecOnlyShells single;
  private final @Nullable ParallelShells sideBySide;
  private @Nullable ShellSession kept;
  private HostCapabilities host;
  private boolean open = true;

  private ShellConnection(ShellLine line, Target target)
      throws UnreachableException, IOException, InterruptedException {
    this.line = line;
    this.opening = new ShellOpener(line, target, this::makeRoom);
    this.target = target;
    this.real = target.scheduler().real();
    ExecOnlyShells single = null;
    try {
      ShellOpener.Opened opened = opening.open();
      this.kept = opened.session();
      this.host = opened.host();
    } catch (UnreachableException e) {
      single = singleOr(e);
      this.host = single.host();
    }
    this.single = single;
    this.sideBySide = single == null ? null : new ParallelShells(single, line, real);
  }

  /** Commands each alone, for a host that ended the shell but may run those. */
  private ExecOnlyShells singleOr(UnreachableException noShell)
      throws UnreachableException, InterruptedException {
    if (!noShell.isShellRefused() || !line.isOpen()) {
      throw noShell;
    }
    try {
      return new ExecOnlyShells(opening, target);
    } catch (UnreachableException | IOException e) {
      noShell.addSuppressed(e);
      throw noShell;
    }
  }

  /** A host may allow few shells at once: the idle one is let go, and opened again when needed. */
  private void makeRoom() {
    ShellSession idle = kept;
    kept = null;
    if (idle != null) {
      idle.letGo(host);
    }
  }

  static ShellConnection over(ShellLine line, Target target)
      throws UnreachableException, IOException, InterruptedException {
    return new ShellConnection(line, target);
  }

  @Override
  public List<Answer> ask(List<Command> commands) {
    Answer[] answers = new Answer[commands.size()];
    if (!open) {
      fill(answers, Reason.CONNECTION_LOST, CLOSED);
      return List.of(answers);
    }
    if (sideBySide != null) {
      return askSideBySide(sideBySide, commands);
    }
    Deque<List<Integer>> batches = new ArrayDeque<>();
    List<Integer> small = new ArrayList<>();
    for (int i = 0; i < answers.length; i++) {
      if (commands.get(i).revealStdin().length > LARGE_STDIN) {
        batches.add(List.of(i));
      } else {
        small.add(i);
      }
    }
    if (!small.isEmpty()) {
      batches.addFirst(small);
    }
    while (!batches.isEmpty()) {
      List<Integer> batch = batches.removeFirst();
      try {
        ask(commands, batch, answers, batches);
      } catch (InterruptedException e) {
        ShellSession shell = kept;
        kept = null;
        if (shell != null) {
          opening.ending().endSoon(shell, host, GRACE_AFTER_CANCEL);
        }
        Thread.currentThread().interrupt();
        fill(answers, Reason.KILLED, "cancelled");
      } catch (UnreachableException | IOException e) {
        open = false;
        fill(answers, Reason.CONNECTION_LOST, "the shell can't be had again: " + e.getMessage());
      }
    }
    return List.of(answers);
  }

  private static List<Answer> askSideBySide(ParallelShells shells, List<Command> commands) {
    try {
      return shells.ask(commands);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      Answer[] answers = new Answer[commands.size()];
      fill(answers, Reason.KILLED, "cancelled");
      return List.of(answers);
    }
  }

  private static void fill(Answer[] answers, Reason reason, String why) {
    for (int i = 0; i < answers.length; i++) {
      if (answers[i] == null) {
        answers[i] = Answer.none(reason, why);
      }
    }
  }

  /** Asks a batch; what did not come of it is put back to be asked in another way. */
  private void ask(
      List<Command> commands, List<Integer> batch, Answer[] answers, Deque<List<Integer>> later)
      throws InterruptedException, UnreachableException, IOException {
    List<Integer> open = batch.stream().filter(i -> answers[i] == null).toList();
    if (open.isEmpty()) {
      return;
    }
    ShellSession shell = shell();
    List<FrameMarkers> marks = open.stream().map(i -> FrameMarkers.fresh(real.random())).toList();
    StringBuilder script = new StringBuilder();
    for (int k = 0; k < open.size(); k++) {
      script.append(
          new CommandScript(commands.get(open.get(k)), target, host, marks.get(k)).check());
    }
    shell.write(script.toString());
    boolean alone = open.size() == 1;
    for (int k = 0; k < open.size(); k++) {
      Command command = commands.get(open.get(k));
      Duration limit = command.timeout().orElse(Duration.ofSeconds(60));
      FrameReader reader = new FrameReader(shell, marks.get(k), MOST_OF_A_CHECK);
      Frame frame =
          reader.read(TO_BEGIN, alone || limit.compareTo(STANDSTILL) < 0 ? limit : STANDSTILL);
      Answer answer = frame.answer();
      if (answer != null && frame.came() == Came.ANSWER) {
        answers[open.get(k)] = answer;
        continue;
      }
      End end = endShell();
      if (alone) {
        if (frame.came() == Came.EOF || !reader.hasBegun()) {
          shell(); // throws if the host is gone
        }
        answers[open.get(0)] = without(frame.came(), reader.hasBegun(), limit, end);
      } else if (frame.came() == Came.STRAY) {
        open.forEach(i -> answers[i] = null);
        IntStream.range(0, open.size())
            .map(n -> open.size() - 1 - n)
            .forEach(n -> later.addFirst(List.of(open.get(n))));
      } else {
        later.addFirst(List.of(open.get(k)));
        if (k + 1 < open.size()) {
          later.addFirst(List.copyOf(open.subList(k + 1, open.size())));
        }
      }
      return;
    }
  }

  /** For a check that was asked alone and did not answer. */
  static Answer without(Came came, boolean begun, Duration limit, End end) {
    return switch (came) {
      case STOOD_STILL -> {
        if (!begun) {
          yield Answer.none(
              Reason.NOT_BEGUN, "did not begin within " + TO_BEGIN.toSeconds() + " s");
        }
        yield Answer.none(Reason.KILLED, "timed out after " + seconds(limit) + " s" + end.remark());
      }
      case TOO_MUCH ->
          Answer.none(Reason.TOO_MUCH_OUTPUT, "printed more than 16 MiB, and was killed");
      case STRAY, ANSWER -> Answer.none(Reason.GARBLED, "garbled: bytes that belong to no command");
      case EOF -> Answer.none(Reason.GARBLED, "the command ended the shell it ran in");
    };
  }

  private static String seconds(Duration limit) {
    return limit.toMillis() % 1000 == 0
        ? "" + limit.toSeconds()
        : String.format(java.util.Locale.ROOT, "%.3f", limit.toMillis() / 1000.0);
  }

  private ShellSession shell() throws InterruptedException, UnreachableException, IOException {
    ShellSession shell = kept;
    if (shell == null || !shell.isUsable()) {
      endShell();
      ShellOpener.Opened opened = opening.open();
      host = opened.host();
      shell = opened.session();
      kept = shell;
    }
    return shell;
  }

  private End endShell() {
    ShellSession shell = kept;
    kept = null;
    return shell == null ? new End(true, "") : opening.ending().end(shell, host, GRACE);
  }

  @Override
  public Answer act(Command command) {
    if (!open) {
      return Answer.none(Reason.CONNECTION_LOST, CLOSED);
    }
    try {
      return single == null ? actInOwnShell(command) : single.act(command);
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
    ShellOpener.Opened own = opening.open();
    FrameMarkers marks = FrameMarkers.fresh(real.random());
    own.session().write(new CommandScript(command, target, own.host(), marks).apply());
    return new ApplyExchange(opening.ending(), own, command, marks).run();
  }

  @Override
  public boolean isOpen() {
    return open && line.isOpen();
  }

  @Override
  public List<String> capabilities() {
    return host.names();
  }

  @Override
  public List<String> remarks() {
    List<String> remarks = new ArrayList<>(line.remarks());
    if (!host.hasLock()) {
      remarks.add(
          "no usable flock: whether an apply that lost its connection still runs is asked of its"
              + " process");
    }
    if (single != null) {
      remarks.add(single.remark());
    }
    return List.copyOf(remarks);
  }

  @Override
  public void close() {
    open = false;
    ShellSession idle = kept;
    kept = null;
    if (idle != null) {
      opening.ending().endIdle(idle, host, GRACE);
    }
    line.close();
  }
}
