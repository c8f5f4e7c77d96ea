package dev.fluke.testkit;

import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Command;
import dev.fluke.transport.Answer;
import dev.fluke.transport.HostConnection;
import dev.fluke.transport.Target;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A state that one command checks and another one repairs. */
class FakeStateTest {
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
    List<Command> commands = Stream.of(texts).map(FakeStateTest::command).toList();
    return connection.ask(commands).stream().map(FakeStateTest::told).toList();
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
  void breaksAPairUntilItsCommandRan() throws Exception {
    FakeState state = web.pair("check", "fix").broken();

    try (HostConnection connection = open()) {
      assertThat(ask(connection, "check")).containsExactly("exit 1");
      assertThat(act(connection, "fix")).isEqualTo("exit 0");
      assertThat(ask(connection, "check")).containsExactly("exit 0");

      state.broken().applyDoesNothing();
      assertThat(act(connection, "fix")).isEqualTo("exit 0");
      assertThat(ask(connection, "check")).containsExactly("exit 1");

      state.applyFails(4);
      assertThat(act(connection, "fix")).isEqualTo("exit 4");
      assertThat(ask(connection, "check")).containsExactly("exit 1");

      state.applyWorks().checkAnswers(75);
      assertThat(ask(connection, "check")).containsExactly("exit 75");
      assertThat(ask(connection, "fix")).containsExactly("exit 0");
      assertThat(state.broken().healthy()).isSameAs(state);
    }
    assertThat(web.writesDuringChecks()).containsExactly("fix");
  }
}
