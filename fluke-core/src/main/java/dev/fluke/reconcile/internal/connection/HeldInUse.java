package dev.fluke.reconcile.internal.connection;

import dev.fluke.command.Command;
import dev.fluke.transport.Answer;
import dev.fluke.transport.Held;
import java.util.Optional;

/** A held lock that keeps its connection in use until it is given back, once. */
final class HeldInUse implements Held {
  private final Held held;
  private final Runnable whenClosed;
  private boolean closed;

  HeldInUse(Held held, Runnable whenClosed) {
    this.held = held;
    this.whenClosed = whenClosed;
  }

  @Override
  public Optional<Answer.None> refused() {
    return held.refused();
  }

  @Override
  public Answer act(Command command) {
    return held.act(command);
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      held.close();
    } finally {
      whenClosed.run();
    }
  }
}
