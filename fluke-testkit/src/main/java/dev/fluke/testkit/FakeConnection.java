package dev.fluke.testkit;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.time.Scheduler;
import dev.fluke.transport.Answer;
import dev.fluke.transport.Answer.Reason;
import dev.fluke.transport.HostConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A connection to a fake host. Like any connection, for use by one thread. */
final class FakeConnection implements HostConnection {
  private final HostScript script;
  private final HostJournal journal;
  private final FakeNetwork network;
  private final Scheduler scheduler;
  private boolean open = true;

  /** A connection that the network has counted already. */
  FakeConnection(HostScript script, HostJournal journal, FakeNetwork network, Scheduler scheduler) {
    this.script = script;
    this.journal = journal;
    this.network = network;
    this.scheduler = scheduler;
  }

  @Override
  public List<Answer> ask(List<Command> commands) {
    journal.batch(commands.stream().map(Command::text).toList());
    List<Answer> answers = new ArrayList<>(commands.size());
    for (Command command : commands) {
      if (open && (network.losesBefore(command.text()) || network.losesAt(command.text()))) {
        close();
      }
      answers.add(open ? check(command) : lost());
    }
    return answers;
  }

  private Answer check(Command command) {
    journal.beginCheck(command.text(), script.writes(command.text()));
    return run(command);
  }

  private static Answer lost() {
    return Answer.none(Reason.CONNECTION_LOST, "the connection was lost");
  }

  @Override
  public Answer act(Command command) {
    if (open && network.losesBefore(command.text())) {
      close();
    }
    if (!open) {
      return lost();
    }
    if (script.isLocked()) {
      return Answer.none(Reason.LOCKED, "another apply on this host holds the lock");
    }
    boolean losesEnd = network.losesAt(command.text());
    journal.beginApply(command.text());
    Answer answer = run(command);
    if (!losesEnd) {
      return answer;
    }
    close();
    String seen = answer.fold(result -> "it had ended", none -> "it had not ended");
    return Answer.none(Reason.END_NOT_KNOWN, "the connection was lost; " + seen);
  }

  private Answer run(Command command) {
    try {
      Optional<Duration> takes = script.duration(command.text());
      return takes.isPresent() ? runFor(takes.get(), command) : answerTo(command);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Answer.none(Reason.KILLED, "cancelled, and killed");
    } finally {
      journal.end();
    }
  }

  private Answer runFor(Duration time, Command command) throws InterruptedException {
    Duration limit = command.timeout().orElse(time);
    if (time.compareTo(limit) > 0) {
      scheduler.sleep(limit);
      return Answer.none(Reason.KILLED, "timed out after %d s".formatted(limit.toSeconds()));
    }
    scheduler.sleep(time);
    return answerTo(command).fold(result -> Answer.finished(result.lasting(time)), none -> none);
  }

  private Answer answerTo(Command command) {
    return script.answerTo(command).orElseGet(() -> notScripted(command.text()));
  }

  private Answer notScripted(String text) {
    journal.unscripted(text);
    return Answer.finished(CommandResult.exited(127).withStderr("not scripted: " + text));
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      network.disconnect();
    }
  }
}
