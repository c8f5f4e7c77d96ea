package dev.fluke.testkit;

import dev.fluke.command.Command;
import dev.fluke.time.Scheduler;
import dev.fluke.transport.Answer;
import dev.fluke.transport.Answer.Reason;
import dev.fluke.transport.HostConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection to a fake host. */
final class FakeConnection implements HostConnection {
  private final FakeHost host;
  private final Scheduler scheduler;
  private boolean open = true;

  FakeConnection(FakeHost host, Scheduler scheduler) {
    this.host = host;
    this.scheduler = scheduler;
  }

  @Override
  public List<Answer> ask(List<Command> commands) {
    host.noteBatch(commands.stream().map(Command::text).toList());
    List<Answer> answers = new ArrayList<>(commands.size());
    for (Command command : commands) {
      if (open && (host.isLostBefore(command.text()) || host.isLostAt(command.text()))) {
        close();
      }
      answers.add(open ? run(command, true) : lost());
    }
    return answers;
  }

  private static Answer lost() {
    return Answer.none(Reason.CONNECTION_LOST, "the connection was lost");
  }

  @Override
  public Answer act(Command command) {
    if (open && host.isLostBefore(command.text())) {
      close();
    }
    if (!open) {
      return lost();
    }
    if (host.isLocked()) {
      return Answer.none(Reason.LOCKED, "another apply on this host holds the lock");
    }
    boolean losesItsEnd = host.isLostAt(command.text());
    Answer answer = run(command, false);
    if (!losesItsEnd) {
      return answer;
    }
    close();
    String seen = answer.fold(result -> "it had ended", none -> "it had not ended");
    return Answer.none(Reason.END_NOT_KNOWN, "the connection was lost; " + seen);
  }

  private Answer run(Command command, boolean check) {
    @Nullable Duration takes = host.begin(command, check);
    try {
      if (takes == null) {
        return host.answerTo(command);
      }
      Duration limit = command.timeout().orElse(takes);
      boolean late = takes.compareTo(limit) > 0;
      scheduler.sleep(late ? limit : takes);
      Duration took = takes;
      return late
          ? Answer.none(Reason.KILLED, "timed out after " + limit.toSeconds() + " s")
          : host.answerTo(command)
              .fold(result -> Answer.finished(result.lasting(took)), none -> none);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Answer.none(Reason.KILLED, "cancelled, and killed");
    } finally {
      host.end();
    }
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      host.closed();
    }
  }
}
