package dev.fluke.hosts;

import dev.fluke.command.Command;
import dev.fluke.transport.Answer;
import dev.fluke.transport.HostConnection;
import dev.fluke.transport.Target;
import dev.fluke.transport.Transport;
import java.util.ArrayList;
import java.util.List;

/** A transport that notes what passes: every round trip of checks, and every command of applies. */
public final class Journal implements Transport {
  private final Transport way;
  private final List<Integer> asked = new ArrayList<>();
  private final List<String> acted = new ArrayList<>();

  public Journal(Transport way) {
    this.way = way;
  }

  /** How many commands each round trip of checks had, in order. */
  public synchronized List<Integer> asked() {
    return List.copyOf(asked);
  }

  /** What applies ran, in order. */
  public synchronized List<String> acted() {
    return List.copyOf(acted);
  }

  /** Forgets all so far. */
  public synchronized void clear() {
    asked.clear();
    acted.clear();
  }

  private synchronized void asks(int commands) {
    asked.add(commands);
  }

  private synchronized void acts(String text) {
    acted.add(text);
  }

  @Override
  public HostConnection open(Target target) throws Exception {
    HostConnection connection = way.open(target);
    return new HostConnection() {
      @Override
      public List<Answer> ask(List<Command> commands) {
        asks(commands.size());
        return connection.ask(commands);
      }

      @Override
      public Answer act(Command command) {
        acts(command.text());
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

  @Override
  public String address() {
    return way.address();
  }
}
