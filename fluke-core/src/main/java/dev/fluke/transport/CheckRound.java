package dev.fluke.transport;

import static java.util.Objects.requireNonNull;

import dev.fluke.command.Command;
import dev.fluke.transport.FrameReader.Came;
import dev.fluke.transport.FrameReader.Frame;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The checks of one question that one kept shell runs, in as few round trips as can be: a batch is
 * sent whole, and what did not come of it is asked again, the one that stood still alone.
 */
final class CheckRound {
  /** How long one check of a batch may keep the others waiting. */
  private static final Duration STANDSTILL = Duration.ofSeconds(5);

  private static final int LARGE_STDIN = 64 * 1024;

  private final List<Command> commands;
  private final KeptShell kept;
  private final Target target;
  private final Answer[] answers;
  private final Deque<List<Integer>> batches = new ArrayDeque<>();
  private final Set<Integer> askedAlone = new HashSet<>();
  private final Set<Integer> errorsLate = new HashSet<>();
  private @Nullable Sent sent;
  private @Nullable Runnable settle;

  /** Checks of which nothing was read yet. */
  private record Sent(List<Integer> batch, ShellSession shell, List<FrameMarkers> marks) {}

  CheckRound(List<Command> commands, KeptShell kept, Target target) {
    this.commands = commands;
    this.kept = kept;
    this.target = target;
    this.answers = new Answer[commands.size()];
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
  }

  /** The shell that is asked. */
  KeptShell shell() {
    return kept;
  }

  /**
   * Sends the first checks, and reads nothing: other shells can be asked meanwhile.
   *
   * @throws UnreachableException if the shell can't be had
   * @throws IOException if the host has no room for it
   */
  void begin() throws InterruptedException, UnreachableException, IOException {
    kept.use();
    List<Integer> batch = batches.getFirst();
    ShellSession shell = kept.session();
    batches.removeFirst();
    sent = new Sent(batch, shell, send(batch, shell));
  }

  /**
   * Asks until each has its answer.
   *
   * @return one answer for each command, in their order
   * @throws UnreachableException if the shell can't be had again; what was answered stays
   * @throws IOException if the host has no room for it again; the same
   */
  List<Answer> run() throws InterruptedException, UnreachableException, IOException {
    while (sent != null || !batches.isEmpty()) {
      if (sent == null) {
        begin();
      }
      Sent now = requireNonNull(sent, "sent");
      sent = null;
      if (now.batch.size() == 1) {
        readAlone(now.batch.get(0), now.shell, now.marks.get(0));
      } else {
        read(now.batch, now.shell, now.marks);
      }
    }
    kept.wasUsed();
    return List.of(answers);
  }

  /**
   * The host is there: what was asked last has its answer, even if the shell can't be had again.
   */
  void settle() {
    if (settle != null) {
      settle.run();
      settle = null;
    }
  }

  /** What came of the command at this place; null if nothing did, yet. */
  @Nullable Answer answer(int place) {
    return answers[place];
  }

  private List<FrameMarkers> send(List<Integer> batch, ShellSession shell) {
    List<FrameMarkers> marks = new ArrayList<>();
    StringBuilder script = new StringBuilder();
    boolean isUnderLock = kept.holdsLock(shell); // a cut must not leave it to wait without end
    for (int i : batch) {
      FrameMarkers fresh = FrameMarkers.fresh(target.scheduler().real().random());
      marks.add(fresh);
      CommandScript check =
          new CommandScript(commands.get(i), target, kept.hostOf(shell), fresh, kept.isBash(shell));
      script.append(isUnderLock ? check.checkAlone("") : check.check());
    }
    kept.write(shell, script.toString());
    return marks;
  }

  private void readAlone(int i, ShellSession shell, FrameMarkers marks)
      throws InterruptedException, UnreachableException, IOException {
    CheckExchange exchange = new CheckExchange(shell, commands.get(i), marks);
    Frame frame = exchange.read();
    if (isWhole(frame, i, shell)) {
      return;
    }
    SessionEnd end = kept.end();
    if (frame.came() == Came.ERRORS_LATE
        || (frame.came() == Came.STRAY && !exchange.hasBegun() && askedAlone.add(i))) {
      batches.addFirst(List.of(i)); // what an earlier one left behind printed that
      return;
    }
    settle = () -> answers[i] = exchange.noAnswer(frame, end);
    if (frame.came() == Came.EOF || !exchange.hasBegun()) {
      kept.session(); // throws if the host is gone
    }
    settle();
  }

  private void read(List<Integer> batch, ShellSession shell, List<FrameMarkers> marks)
      throws InterruptedException {
    for (int k = 0; k < batch.size(); k++) {
      int i = batch.get(k);
      Frame frame = new CheckExchange(shell, commands.get(i), marks.get(k)).readAtMost(STANDSTILL);
      if (!isWhole(frame, i, shell)) {
        kept.end();
        askAgain(batch, k, frame.came());
        return;
      }
    }
  }

  private boolean isWhole(Frame frame, int i, ShellSession shell) {
    Answer answer = frame.answer();
    boolean whole =
        answer != null
            && (frame.came() == Came.ANSWER
                || (frame.came() == Came.ERRORS_LATE && isBestToBeHad(i, shell)));
    if (whole) {
      answers[i] = answer;
    }
    return whole;
  }

  /**
   * Whether to take an answer without the end of its standard error, which is marked as cut. A
   * connection that is stuck looks like that, so the check is asked once more in another shell; but
   * not where the transport never carries standard error.
   */
  private boolean isBestToBeHad(int i, ShellSession shell) {
    boolean silent = !shell.hasSaidErrors();
    if (silent && kept.lacksErrors()) {
      return true;
    }
    boolean again = !errorsLate.add(i);
    if (again && silent) {
      kept.foundNoErrors();
    } else if (again) {
      kept.end(); // the rest may come still, and belongs to no other check
    }
    return again;
  }

  /**
   * Puts back what has no answer. Bytes that belong to no command may have spoiled the answers
   * before them, too, so all of that batch are asked again, each alone.
   */
  private void askAgain(List<Integer> batch, int failed, Came came) {
    if (came == Came.STRAY) {
      for (int k = batch.size() - 1; k >= 0; k--) {
        answers[batch.get(k)] = null;
        askedAlone.add(batch.get(k));
        batches.addFirst(List.of(batch.get(k)));
      }
      return;
    }
    List<Integer> alone = List.of(batch.get(failed));
    List<Integer> rest = List.copyOf(batch.subList(failed + 1, batch.size()));
    boolean restFirst = came != Came.ERRORS_LATE; // or each of them might be late as well
    batches.addFirst(restFirst ? alone : rest);
    batches.addFirst(restFirst ? rest : alone);
    batches.removeIf(List::isEmpty);
  }
}
