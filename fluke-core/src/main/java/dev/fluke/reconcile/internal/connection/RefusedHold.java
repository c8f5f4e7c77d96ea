package dev.fluke.reconcile.internal.connection;

import dev.fluke.command.Command;
import dev.fluke.transport.Answer;
import dev.fluke.transport.Held;
import java.util.Optional;

/** The lock of a host that was not reached. */
record RefusedHold(Answer.None why) implements Held {
  @Override
  public Optional<Answer.None> refused() {
    return Optional.of(why);
  }

  @Override
  public Answer act(Command command) {
    return why;
  }

  @Override
  public void close() {}
}
