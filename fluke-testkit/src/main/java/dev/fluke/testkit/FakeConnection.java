package dev.fluke.testkit;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.time.Scheduler;
import dev.fluke.transport.Answer;
import dev.fluke.transport.Answer.Reason;
import dev.fluke.transport.Held;
import dev.fluke.transport.HostConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A connection to a fake host. Like any connection, for use by one thread. */
final class FakeConnection implements HostConnection {
  private static final Duration WAIT_FOR_ONE = Duration.ofSeconds(30);

  private final HostScript script;
  private final HostJournal journal;
  private final FakeNetwork network;
  private final FakeLock lock;
  private final Scheduler scheduler;
  private volatile @Nullable FakeHold held;
  private volatile boolean open = true;
  private volatile boolean closed;

  /** A connection that the network has counted already. */
  FakeConnection(
      HostScript script,
      HostJournal journal,
      FakeNetwork network,
      FakeLock lock,
      Scheduler scheduler) {
    this.script = script;
    this.journal = journal;
    this.network = network;
    this.lock = lock;
    this.scheduler = scheduler;
  }

  @Override
  public List<Answer> ask(List<Command> commands) {
    journal.batch(commands.stream().map(Command::text).toList());
    List<Answer> answers = new ArrayList<>(commands.size());
    for (Command command : commands) {
      if (open && (network.losesBefore(command.text()) || network.losesAt(command.text()))) {
        cut();
      }
      answers.add(open ? check(command) : lost());
    }
    return answers;
  }

  private Answer check(Command command) {
    journal.beginCheck(command.text(), script.writes(command.text()));
    return run(command);
  }

  private static Answer.None lost() {
    return none(Reason.CONNECTION_LOST, "the connection was lost");
  }

  private static Answer.None none(Reason reason, String why) {
    return new Answer.None(reason, why, Optional.empty());
  }

  @Override
  public boolean holdsLock() {
    return lock.exists();
  }

  @Override
  public Held hold(Duration wait) {
    if (!open) {
      return Held.notTaken(lost());
    }
    if (!holdsLock()) {
      return Held.withoutLock(this::actNow);
    }
    FakeHold hold = new FakeHold(lock, scheduler, this::isOpen, this::actNow, wait);
    try {
      if (!lock.take(hold, scheduler)) {
        return Held.notTaken(
            none(Reason.LOCKED, "another apply on this host, or its check, holds the lock"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Held.notTaken(none(Reason.NOT_BEGUN, "cancelled before it began"));
    }
    if (!open) {
      hold.close();
      return Held.notTaken(lost());
    }
    hold.await(wait);
    held = hold;
    return hold;
  }

  @Override
  public Answer act(Command command) {
    try (Held hold = hold(WAIT_FOR_ONE)) {
      return hold.act(command);
    }
  }

  private Answer actNow(Command command) {
    if (open && network.losesBefore(command.text())) {
      cut();
    }
    if (!open) {
      return lost();
    }
    boolean losesEnd = network.losesAt(command.text());
    journal.beginApply(command.text());
    if (losesEnd && network.afterCut().isPresent()) {
      return outliving(command, network.afterCut().get());
    }
    Answer answer = run(command);
    if (!losesEnd) {
      return answer;
    }
    cut();
    String seen = answer.fold(result -> "it had ended", none -> "it had not ended");
    return none(Reason.END_NOT_KNOWN, "the connection was lost; " + seen);
  }

  /** The apply ends on the host, this much later. */
  private Answer outliving(Command command, Duration time) {
    FakeHold hold = held;
    held = null;
    cut();
    Runnable atEnd =
        () -> {
          answerTo(command);
          journal.end();
        };
    if (hold == null) {
      scheduler.after(time, atEnd);
    } else {
      hold.outlivesItsConnection(time, atEnd);
    }
    return none(Reason.END_NOT_KNOWN, "the connection was lost; it had not ended");
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

  /** The connection is lost; the host sees it, too, and what holds its lock and waits ends. */
  private void cut() {
    FakeHold hold = held;
    boolean wasOpen;
    synchronized (this) {
      wasOpen = open;
      open = false;
    }
    if (wasOpen) {
      network.disconnect();
    }
    if (hold != null) {
      hold.close();
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      network.close(scheduler);
      cut();
    }
  }
}
