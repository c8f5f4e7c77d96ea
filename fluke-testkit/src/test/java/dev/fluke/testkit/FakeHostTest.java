package dev.fluke.testkit;

import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.transport.Answer;
import dev.fluke.transport.Answer.Reason;
import dev.fluke.transport.HostConnection;
import dev.fluke.transport.Target;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A host that answers by script. */
class FakeHostTest {
  private final VirtualTime time = VirtualTime.seeded(1);
  private final FakeHost web = FakeHost.named("web-01");

  @AfterEach
  void close() {
    time.close();
  }

  private HostConnection open() throws Exception {
    return web.open(Target.of("web-01", time));
  }

  private static List<String> ask(HostConnection connection, String... texts) {
    List<Command> commands = Stream.of(texts).map(FakeHostTest::command).toList();
    return connection.ask(commands).stream().map(FakeHostTest::told).toList();
  }

  private static String act(HostConnection connection, String text) {
    return told(connection.act(command(text)));
  }

  private static Command command(String text) {
    return Command.shell(text).timeout(Duration.ofSeconds(60));
  }

  private static String told(Answer answer) {
    return answer.fold(
        result -> "exit " + result.exitStatus(), none -> none.reason() + ": " + none.why());
  }

  @Test
  void answersWithAStatusAResultOrAFunction() throws Exception {
    web.answer("a", 3)
        .answer("b", CommandResult.exited(0).withStdout("out"))
        .answer("c", command -> CommandResult.exited(command.text().length()));

    try (HostConnection connection = open()) {
      assertThat(ask(connection, "a", "b", "c")).containsExactly("exit 3", "exit 0", "exit 1");
      assertThat(connection.act(command("b")))
          .isInstanceOfSatisfying(
              Answer.Finished.class,
              answer -> assertThat(answer.result().stdout()).isEqualTo("out"));
    }
  }

  @Test
  void exits127AndListsUnscriptedCommands() throws Exception {
    try (HostConnection connection = open()) {
      assertThat(connection.act(command("rm -rf /")))
          .isInstanceOfSatisfying(
              Answer.Finished.class,
              answer -> {
                assertThat(answer.result().exitStatus()).isEqualTo(127);
                assertThat(answer.result().stderr()).isEqualTo("not scripted: rm -rf /");
              });
    }
    assertThat(web.unscripted()).containsExactly("rm -rf /");
  }

  @Test
  void recordsWhatChecksAskedAndAppliesRan() throws Exception {
    web.answer("a", 0).answer("b", 0).answer("c", 0);

    try (HostConnection connection = open()) {
      ask(connection, "a", "b");
      ask(connection, "a");
      act(connection, "c");
      assertThat(web.openConnections()).isEqualTo(1);
    }

    assertThat(web.asked()).containsExactly("a", "b", "a");
    assertThat(web.acted()).containsExactly("c");
    assertThat(web.batches()).containsExactly(List.of("a", "b"), List.of("a"));
    assertThat(web.connectionsOpened()).isEqualTo(1);
    assertThat(web.openConnections()).isZero();
    assertThat(web.busiest()).isEqualTo(1);
    assertThat(web).asked("a").times(2).asked("b").once().ran("c").once().ran("a").never();
  }

  @Test
  void countsCommandsThatRunAtOnce() {
    web.answer("slow", 0).takes("slow", Duration.ofSeconds(9));
    for (int i = 0; i < 3; i++) {
      time.start(
          "lane " + i,
          () -> {
            try (HostConnection connection = open()) {
              ask(connection, "slow");
            } catch (Exception e) {
              throw new IllegalStateException(e);
            }
          });
    }

    time.runFor(Duration.ofMinutes(1));

    assertThat(web.busiest()).isEqualTo(3);
    assertThat(web.connectionsOpened()).isEqualTo(3);
  }

  @Test
  void answersNoneUntilTheScriptChanges() throws Exception {
    web.answersNone("a", Reason.GARBLED, "stray bytes");
    try (HostConnection connection = open()) {
      assertThat(ask(connection, "a")).containsExactly("GARBLED: stray bytes");
      web.answer("a", 0);
      assertThat(ask(connection, "a")).containsExactly("exit 0");
    }
  }
}
