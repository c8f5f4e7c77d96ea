package dev.fluke.tests.stress;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.transport.Answer;
import dev.fluke.transport.HostConnection;
import dev.fluke.transport.Target;
import dev.fluke.transport.Transport;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A host in memory that keeps nothing: each command succeeds, and the witness sees those of
 * applies.
 */
record StressHost(Witness.Life life, AtomicInteger open) implements Transport {
  @Override
  public HostConnection open(Target target) {
    open.incrementAndGet();
    return new Connection();
  }

  @Override
  public String address() {
    return life.address;
  }

  private final class Connection implements HostConnection {
    private volatile boolean closed;

    @Override
    public List<Answer> ask(List<Command> commands) {
      return commands.stream().map(each -> Answer.finished(CommandResult.exited(0))).toList();
    }

    @Override
    public Answer act(Command command) {
      life.command();
      return Answer.finished(CommandResult.exited(0));
    }

    @Override
    public boolean isOpen() {
      return !closed;
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        open.decrementAndGet();
      }
    }
  }
}
