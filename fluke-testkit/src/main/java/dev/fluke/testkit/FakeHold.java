package dev.fluke.testkit;

import dev.fluke.command.Command;
import dev.fluke.text.Durations;
import dev.fluke.time.Scheduler;
import dev.fluke.transport.Answer;
import dev.fluke.transport.Answer.Reason;
import dev.fluke.transport.Held;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The lock of a fake host in the hands of one connection, until the host's patience ends. */
final class FakeHold implements Held {
  private final FakeLock lock;
  private final Scheduler scheduler;
  private final BooleanSupplier isConnected;
  private final Function<Command, Answer> run;
  private final Duration shortest;
  private Duration wait;
  private Scheduler.@Nullable Timer timer;
  private boolean over;

  /**
   * A hold of a lock that was taken by it.
   *
   * @param isConnected whether the connection is open
   * @param run runs a command, or says that the connection was lost
   * @param wait how long the host waits for a command
   */
  FakeHold(
      FakeLock lock,
      Scheduler scheduler,
      BooleanSupplier isConnected,
      Function<Command, Answer> run,
      Duration wait) {
    this.lock = lock;
    this.scheduler = scheduler;
    this.isConnected = isConnected;
    this.run = run;
    this.shortest = wait;
    this.wait = wait;
  }

  /** The host begins to wait for a command. */
  synchronized void await(Duration time) {
    if (!over) {
      wait = time;
      timer = scheduler.after(time, this::close);
    }
  }

  @Override
  public Optional<Answer.None> refused() {
    return Optional.empty();
  }

  @Override
  public Answer act(Command command) {
    synchronized (this) {
      if (over && isConnected.getAsBoolean()) {
        return Answer.none(
            Reason.NOT_BEGUN,
            "not begun: the host gave its lock back after %s without a command"
                .formatted(Durations.display(wait)));
      }
      stopTimer();
    }
    Answer answer = run.apply(command);
    Duration limit = command.timeout().orElse(shortest);
    await(limit.compareTo(shortest) > 0 ? limit : shortest);
    return answer;
  }

  /** The connection was lost during an apply that goes on, and keeps the lock for this long. */
  synchronized void outlivesItsConnection(Duration time, Runnable atEnd) {
    over = true;
    stopTimer();
    scheduler.after(
        time,
        () -> {
          atEnd.run();
          lock.free(this);
        });
  }

  @Override
  public void close() {
    synchronized (this) {
      if (over) {
        return;
      }
      over = true;
      stopTimer();
    }
    lock.free(this);
  }

  private void stopTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }
}
