package dev.fluke.transport;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.time.Scheduler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
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

  /**
   * A shell at the end of a wire, as over a network: it is no child of ours, and what it runs lives
   * on when the wire is cut. The file {@code relay} in the directory names the processes that are
   * the wire.
   */
  static Transport thatCanBeCut(Path dir, String shell) {
    String relay =
        "w=$(mktemp -d \"$1/wXXXXXX\") && mkfifo $w/i $w/o $w/e && { (setsid $2 <$w/i >$w/o 2>$w/e &);"
            + " cat $w/e >&2 & e=$!; cat $w/o & echo $$ $e $! >\"$1/relay\"; exec cat >$w/i; }";
    return Transport.throughShell("sh", "-c", relay, "relay", dir.toString(), shell);
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

  /** Whether a process of this machine runs whose command line ends like this. */
  static boolean running(String commandLine) {
    return ProcessHandle.allProcesses()
        .filter(process -> !Processes.isGone(process))
        .anyMatch(process -> process.info().commandLine().orElse("").endsWith(commandLine));
  }

  /** Waits for something that another process does. */
  void until(BooleanSupplier holds) throws InterruptedException {
    for (int i = 0; i < 600 && !holds.getAsBoolean(); i++) {
      scheduler.await(new CompletableFuture<>(), Duration.ofMillis(50));
    }
    if (!holds.getAsBoolean()) {
      throw new AssertionError("not within 30 s");
    }
  }

  @Override
  public void close() {
    scheduler.close();
  }
}
