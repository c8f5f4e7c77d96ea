package dev.fluke.reconcile.internal.connection;

import dev.fluke.command.Command;
import dev.fluke.time.Scheduler;
import dev.fluke.transport.Answer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Counts the applies at one address, and remembers one that may still run. A host with a lock keeps
 * two applies apart by itself. On a host without one, Fluke asks whether the earlier apply still
 * runs before it sends the next.
 */
final class ApplyTracker {
  /**
   * The host ends an apply at its limit. After this much more time the process is gone, and its
   * number may belong to another.
   */
  private static final Duration TO_BE_GONE = Duration.ofSeconds(30);

  private final Scheduler scheduler;
  private final AtomicLong count = new AtomicLong();
  private @Nullable Command stillRunning;
  private long goneAt;

  ApplyTracker(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  long count() {
    return count.get();
  }

  void countUp() {
    count.incrementAndGet();
  }

  /** Sends a command of an apply, unless an earlier one still runs. Only the lane calls it. */
  Answer act(Function<Command, Answer> send, Function<Command, Answer> ask, Command command) {
    Command late = stillRunning;
    if (late != null && scheduler.nanoTime() - goneAt < 0) {
      Answer asked = ask.apply(late);
      if (asked instanceof Answer.None) {
        return asked;
      }
      if (asked.fold(result -> result.succeeded(), none -> true)) {
        return Answer.none(Answer.Reason.LOCKED, "its process still runs: " + late);
      }
    }
    stillRunning = null;
    Answer answer = send.apply(command);
    if (answer instanceof Answer.None none && none.stillRunning().isPresent()) {
      stillRunning = none.stillRunning().get();
      goneAt =
          scheduler.nanoTime()
              + command.timeout().orElse(Duration.ofMinutes(15)).plus(TO_BE_GONE).toNanos();
    }
    return answer;
  }
}
