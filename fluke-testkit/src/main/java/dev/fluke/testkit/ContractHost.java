package dev.fluke.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.time.Scheduler;
import dev.fluke.transport.Answer;
import dev.fluke.transport.HostConnection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Helps the {@link TransportContract} to act on its host, through commands only. */
final class ContractHost {
  private final Scheduler scheduler;

  ContractHost(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** Calls it on a thread of its own. */
  CompletableFuture<Answer> inBackground(Supplier<Answer> call) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    scheduler.start("apply", () -> answer.complete(call.get()));
    return answer;
  }

  /** Waits for the value, which must come within 9 s. */
  <T> T valueOf(CompletableFuture<T> future) throws InterruptedException {
    assertThat(scheduler.await(future, Duration.ofSeconds(9))).as("done within 9 s").isTrue();
    return future.join();
  }

  /** Waits until this script succeeds on the host. */
  void awaitThat(HostConnection connection, String script) throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      if (result(ask(connection, Command.shell(script))).succeeded()) {
        return;
      }
      scheduler.sleep(Duration.ofMillis(50));
    }
    throw new AssertionError("not within 5 s on the host: " + script);
  }

  /** Waits until the process has ended whose number is in the file {@code pid} of the directory. */
  void awaitGone(HostConnection connection, String dir) throws InterruptedException {
    String state = "/proc/$(cat " + dir + "/pid)/status";
    awaitThat(connection, "! grep -q '^State:[[:space:]]*[^ZX[:space:]]' " + state);
  }

  /** Creates a temporary directory on the host, and returns its path. */
  static String scratch(HostConnection connection) {
    return result(ask(connection, Command.of("mktemp", "-d"))).stdout().strip();
  }

  static void remove(HostConnection connection, String dir) {
    assertThat(result(ask(connection, Command.of("rm", "-r", dir))).succeeded()).isTrue();
  }

  /** The same command with a limit that no test should reach. */
  static Command limited(Command command) {
    return command.timeout(Duration.ofSeconds(20));
  }

  static Answer ask(HostConnection connection, Command command) {
    return connection.ask(List.of(limited(command))).get(0);
  }

  static List<Answer> both(HostConnection connection, String script) {
    return both(connection, Command.shell(script));
  }

  /** The answers of the command as a check and as an apply. */
  static List<Answer> both(HostConnection connection, Command command) {
    return List.of(ask(connection, command), connection.act(limited(command)));
  }

  static CommandResult result(Answer answer) {
    assertThat(answer).isInstanceOf(Answer.Finished.class);
    return ((Answer.Finished) answer).result();
  }

  static Answer.None none(Answer answer) {
    assertThat(answer).isInstanceOf(Answer.None.class);
    return (Answer.None) answer;
  }
}
