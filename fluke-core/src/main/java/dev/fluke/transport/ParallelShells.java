package dev.fluke.transport;

import dev.fluke.command.Command;
import dev.fluke.time.Scheduler;
import dev.fluke.transport.Answer.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks several checks at a time, each in a shell of its own: as many as the host allows. */
final class ParallelShells {
  private static final int MOST = 8;
  private static final Duration TO_CANCEL = Duration.ofSeconds(2);
  private static final Duration LONG = Duration.ofHours(1);

  private final ExecOnlyShells shells;
  private final ShellLine line;
  private final Scheduler real;
  private volatile int atOnce = MOST;

  ParallelShells(ExecOnlyShells shells, ShellLine line, Scheduler real) {
    this.shells = shells;
    this.line = line;
    this.real = real;
  }

  /** The shells that it asks, one at a time. */
  ExecOnlyShells shells() {
    return shells;
  }

  /**
   * Asks all.
   *
   * @param withoutRoom asks where the host has no room for even one more shell; null to wait
   * @return one answer for each command, in their order
   */
  List<Answer> ask(List<Command> commands, @Nullable Function<Command, Answer> withoutRoom)
      throws InterruptedException {
    return new Round(commands, withoutRoom).answers();
  }

  /** The commands of one question. */
  private final class Round {
    private final List<Command> commands;
    private final @Nullable Function<Command, Answer> withoutRoom;
    private final Answer[] answers;
    private final Deque<Integer> waiting = new ArrayDeque<>();
    private final List<Scheduler.Work> works = new ArrayList<>();
    private final List<CompletableFuture<Void>> ends = new ArrayList<>();
    private int working;
    private int tries;

    Round(List<Command> commands, @Nullable Function<Command, Answer> withoutRoom) {
      this.commands = commands;
      this.withoutRoom = withoutRoom;
      this.answers = new Answer[commands.size()];
      for (int i = 0; i < answers.length; i++) {
        waiting.add(i);
      }
    }

    List<Answer> answers() throws InterruptedException {
      working = Math.min(atOnce, answers.length);
      for (int i = working; i > 0; i--) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        ends.add(end);
        works.add(real.start("fluke-shell-single", () -> work(end)));
      }
      try {
        for (CompletableFuture<Void> end : ends) {
          while (!real.await(end, LONG)) {
            // each has limits of its own
          }
          end.join();
        }
      } catch (InterruptedException e) {
        cancel();
        throw e;
      }
      return List.of(answers);
    }

    private void cancel() throws InterruptedException {
      works.forEach(Scheduler.Work::interrupt);
      synchronized (this) {
        waiting.clear();
      }
      for (CompletableFuture<Void> end : ends) {
        real.await(end, TO_CANCEL);
      }
    }

    private void work(CompletableFuture<Void> end) {
      try {
        for (int i = next(); i >= 0; i = next()) {
          answers[i] = answer(i);
        }
        end.complete(null);
      } catch (InterruptedException | NoRoom e) {
        end.complete(null); // nobody wants the answer, or somebody else asks for it
      } catch (RuntimeException | Error e) {
        end.completeExceptionally(e);
      }
    }

    private synchronized int next() {
      if (waiting.isEmpty()) {
        working--;
        return -1;
      }
      return waiting.removeFirst();
    }

    private Answer answer(int i) throws InterruptedException, NoRoom {
      try {
        Answer answer = shells.ask(commands.get(i));
        return answer.fold(result -> answer, none -> line.isOpen() ? none : lost(none.why()));
      } catch (UnreachableException e) {
        return none(e);
      } catch (IOException e) {
        return again(i, e);
      }
    }

    private Answer none(Exception e) {
      return line.isOpen()
          ? Answer.none(Reason.NOT_BEGUN, "not begun: " + e.getMessage())
          : lost(String.valueOf(e.getMessage()));
    }

    private static Answer lost(String why) {
      return Answer.none(Reason.CONNECTION_LOST, "the connection was lost: " + why);
    }

    /**
     * A host that has no room is asked for less; the last one waits for what ended a moment ago.
     */
    private Answer again(int i, IOException e) throws InterruptedException, NoRoom {
      if (!line.isOpen()) {
        return none(e);
      }
      leaveToOthers(i);
      if (withoutRoom != null) {
        return withoutRoom.apply(commands.get(i)); // this worker is the last, so one at a time
      }
      tries++;
      if (tries > RoomRetry.TRIES) {
        return none(e);
      }
      real.sleep(RoomRetry.BETWEEN_TRIES);
      return answer(i);
    }

    private synchronized void leaveToOthers(int i) throws NoRoom {
      if (working > 1) {
        waiting.addFirst(i);
        working--;
        atOnce = working;
        throw new NoRoom();
      }
    }
  }

  /** One worker less. */
  private static final class NoRoom extends Exception {
    private static final long serialVersionUID = 1L;
  }
}
