package dev.fluke.onhost;

import dev.fluke.command.Command;
import dev.fluke.transport.Answer;
import dev.fluke.transport.HostConnection;
import dev.fluke.transport.Target;
import dev.fluke.transport.Transport;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Another transport, with each of its round trips noted: how many commands went together. */
public final class CountingTransport implements Transport {
  private final Transport real;
  private final List<String> trips = new CopyOnWriteArrayList<>();

  /** Goes by this one. */
  public CountingTransport(Transport real) {
    this.real = real;
  }

  /** What was sent since this was called last, such as {@code ask 20} or {@code act}. */
  public List<String> trips() {
    List<String> all = List.copyOf(trips);
    trips.clear();
    return all;
  }

  @Override
  public String address() {
    return real.address();
  }

  @Override
  public HostConnection open(Target target) throws Exception {
    HostConnection connection = real.open(target);
    return new HostConnection() {
      @Override
      public List<Answer> ask(List<Command> commands) {
        trips.add("ask " + commands.size());
        return connection.ask(commands);
      }

      @Override
      public Answer act(Command command) {
        trips.add("act");
        return connection.act(command);
      }

      @Override
      public boolean isOpen() {
        return connection.isOpen();
      }

      @Override
      public List<String> remarks() {
        return connection.remarks();
      }

      @Override
      public void close() {
        connection.close();
      }
    };
  }
}
