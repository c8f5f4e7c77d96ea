package dev.fluke.transport;

import dev.fluke.command.Command;
import dev.fluke.transport.Answer.Reason;
import dev.fluke.transport.FrameReader.Came;
import dev.fluke.transport.FrameReader.Frame;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The checks of one question, asked of the kept shell in as few round trips as can be: a batch is
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

  /**
   * Asks until each has its answer.
   *
   * @return one answer for each command, in their order
   * @throws UnreachableException if the shell can't be had again; what was answered stays
   */
  List<Answer> run() throws InterruptedException, UnreachableException, IOException {
    while (!batches.isEmpty()) {
      List<Integer> open = batches.removeFirst();
      ShellSession shell = kept.session();
      List<FrameMarkers> marks = send(open, shell);
      if (open.size() == 1) {
        readAlone(open.get(0), shell, marks.get(0));
      } else {
        read(open, shell, marks);
      }
    }
    return List.of(answers);
  }

  /** As {@link #run} returns them, for a round that failed: {@code reason} where there is none. */
  List<Answer> answersOr(Reason reason, String why) {
    for (int i = 0; i < answers.length; i++) {
      if (answers[i] == null) {
        answers[i] = Answer.none(reason, why);
      }
    }
    return List.of(answers);
  }

  private List<FrameMarkers> send(List<Integer> batch, ShellSession shell) {
    List<FrameMarkers> marks = new ArrayList<>();
    StringBuilder script = new StringBuilder();
    boolean isUnderLock = kept.holdsLock(shell); // a cut must not leave it to wait without end
    for (int i : batch) {
      FrameMarkers fresh = FrameMarkers.fresh(target.scheduler().real().random());
      marks.add(fresh);
      CommandScript check = new CommandScript(commands.get(i), target, kept.host(), fresh);
      script.append(isUnderLock ? check.checkAlone("") : check.check());
    }
    kept.write(shell, script.toString());
    return marks;
  }

  private void readAlone(int i, ShellSession shell, FrameMarkers marks)
      throws InterruptedException, UnreachableException, IOException {
    CheckExchange exchange = new CheckExchange(shell, commands.get(i), marks);
    Frame frame = exchange.read();
    if (isWhole(frame, i)) {
      return;
    }
    SessionEnd end = kept.end();
    if (frame.came() == Came.EOF || !exchange.hasBegun()) {
      kept.session(); // throws if the host is gone
    }
    answers[i] = exchange.noAnswer(frame, end);
  }

  private void read(List<Integer> batch, ShellSession shell, List<FrameMarkers> marks)
      throws InterruptedException {
    for (int k = 0; k < batch.size(); k++) {
      int i = batch.get(k);
      Frame frame = new CheckExchange(shell, commands.get(i), marks.get(k)).readAtMost(STANDSTILL);
      if (!isWhole(frame, i)) {
        kept.end();
        askAgain(batch, k, frame.came());
        return;
      }
    }
  }

  private boolean isWhole(Frame frame, int i) {
    Answer answer = frame.answer();
    boolean whole = answer != null && frame.came() == Came.ANSWER;
    if (whole) {
      answers[i] = answer;
    }
    return whole;
  }

  /**
   * Puts back what has no answer. Bytes that belong to no command may have spoiled the answers
   * before them, too, so all of that batch are asked again, each alone.
   */
  private void askAgain(List<Integer> batch, int failed, Came came) {
    if (came == Came.STRAY) {
      for (int k = batch.size() - 1; k >= 0; k--) {
        answers[batch.get(k)] = null;
        batches.addFirst(List.of(batch.get(k)));
      }
      return;
    }
    batches.addFirst(List.of(batch.get(failed)));
    if (failed + 1 < batch.size()) {
      batches.addFirst(List.copyOf(batch.subList(failed + 1, batch.size())));
    }
  }
}
