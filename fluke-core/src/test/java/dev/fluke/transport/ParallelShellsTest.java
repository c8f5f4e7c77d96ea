package dev.fluke.transport;

import static dev.fluke.transport.Shells.limited;
import static dev.fluke.transport.Shells.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Command;
import dev.fluke.time.Scheduler;
import dev.fluke.transport.Answer.Reason;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Checks of a host that has a shell for each, and room for few of them. */
@Tag("rule-31")
class ParallelShellsTest {
  private final Shells shells = new Shells();
  private final CrampedLine line = new CrampedLine(8, shells.scheduler);

  @AfterEach
  void close() {
    shells.close();
  }

  private ParallelShells open() throws Exception {
    Target target = Target.of("here", shells.scheduler);
    ShellOpener opener = new ShellOpener(line, target, () -> true);
    return new ParallelShells(new ExecOnlyShells(opener, target), line, shells.scheduler.real());
  }

  private static List<Command> three() {
    return List.of(
        limited(Command.of("echo", "a")),
        limited(Command.of("echo", "b")),
        limited(Command.of("echo", "c")));
  }

  @Test
  void asksElsewhereWhereThereIsNoRoomAtAll() throws Exception {
    ParallelShells parallel = open();
    line.room(0);

    assertThat(parallel.ask(three(), command -> Answer.none(Reason.GARBLED, "elsewhere")))
        .hasSize(3)
        .allMatch(answer -> Shells.none(answer).why().equals("elsewhere"));
    line.room(1);
    assertThat(parallel.ask(three(), null))
        .extracting(answer -> result(answer).stdout())
        .containsExactly("a\n", "b\n", "c\n");
  }

  @Test
  void anInterruptReachesWhatIsAskedElsewhere() throws Exception {
    ParallelShells parallel = open();
    line.room(0);
    CompletableFuture<Void> asked = new CompletableFuture<>();
    CompletableFuture<Void> interrupted = new CompletableFuture<>();
    CompletableFuture<Void> cancelled = new CompletableFuture<>();
    Scheduler.Work work =
        shells.scheduler.start(
            "ask",
            () -> {
              try {
                parallel.ask(three(), command -> untilInterrupted(asked, interrupted));
              } catch (InterruptedException e) {
                cancelled.complete(null);
              }
            });
    shells.until(asked::isDone);
    work.interrupt();

    shells.until(interrupted::isDone);
    assertThat(interrupted).isCompleted();
    shells.until(cancelled::isDone);
  }

  private Answer untilInterrupted(CompletableFuture<Void> asked, CompletableFuture<Void> end) {
    asked.complete(null);
    try {
      shells.until(() -> false);
    } catch (InterruptedException e) {
      end.complete(null);
      Thread.currentThread().interrupt();
    } catch (AssertionError e) {
      end.completeExceptionally(e);
    }
    return Answer.none(Reason.KILLED, "cancelled");
  }
}
