package dev.fluke.examples.fleet;

import dev.fluke.command.Command;
import dev.fluke.transport.Answer;
import dev.fluke.transport.HostConnection;
import dev.fluke.transport.Target;
import dev.fluke.transport.Transport;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** What goes to the hosts, counted over all transports that it was put around. */
final class Sent {
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger acted = new AtomicInteger();

  /** How often checks went out, all checks of one round trip together. */
  int roundTrips() {
    return asked.get();
  }

  /** How many commands of applies went out. */
  int applies() {
    return acted.get();
  }

  void forget() {
    asked.set(0);
    acted.set(0);
  }

  Transport over(Transport way) {
    return new Transport() {
      @Override
      public HostConnection open(Target target) throws Exception {
        return counted(way.open(target));
      }

      @Override
      public String address() {
        return way.address();
      }

      @Override
      public String toString() {
        return way.toString();
      }
    };
  }

  private HostConnection counted(HostConnection connection) {
    return new HostConnection() {
      @Override
      public List<Answer> ask(List<Command> commands) {
        asked.incrementAndGet();
        return connection.ask(commands);
      }

      @Override
      public Answer act(Command command) {
        acted.incrementAndGet();
        return connection.act(command);
      }

      @Override
      public boolean isOpen() {
        return connection.isOpen();
      }

      @Override
      public void close() {
        connection.close();
      }
    };
  }
}
