package dev.fluke.transport;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The shells that these tests speak to; all must be installed. */
final class Shells implements AutoCloseable {
  final Scheduler scheduler = Scheduler.system();

  static Stream<Transport> all() {
    return Stream.of(
        Local.machine(),
        Transport.throughShell("dash"),
        Transport.throughShell("bash"),
        Transport.throughShell("busybox", "sh"));
  }

  HostConnection open(Transport transport) throws Exception {
    return transport.open(Target.of("here", scheduler));
  }

  static Command limited(Command command) {
    return command.timeout().isPresent() ? command : command.timeout(Duration.ofSeconds(20));
  }

  static Answer ask(HostConnection connection, Command command) {
    return connection.ask(List.of(limited(command))).get(0);
  }

  static CommandResult result(Answer answer) {
    return answer.fold(
        result -> result,
        none -> {
          throw new AssertionError("no result: " + none);
        });
  }

  static Answer.None none(Answer answer) {
    return answer.fold(
        result -> {
          throw new AssertionError("a result: " + result);
        },
        none -> none);
  }

  @Override
  public void close() {
    scheduler.close();
  }
}
