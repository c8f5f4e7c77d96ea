package dev.fluke.reconcile.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.agent.Agent;
import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.command.Mask;
import dev.fluke.command.Secret;
import dev.fluke.executor.HostException;
import dev.fluke.testkit.VirtualTime;
import dev.fluke.transport.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The host during one call of an executor. */
class ExecutorHostTest {
  private static final Agent WEB = Agent.named("web-01").label("role", "web");
  private static final Duration LIMIT = Duration.ofSeconds(7);

  private final VirtualTime time = VirtualTime.seeded(1);
  private final List<List<Command>> asked = new ArrayList<>();
  private final List<Command> acted = new ArrayList<>();
  private Answer answer = Answer.finished(CommandResult.exited(0));
  private final Mask mask = new Mask();
  private final ExecutorHost.Sender sender =
      new ExecutorHost.Sender() {
        @Override
        public List<Answer> ask(List<Command> commands) {
          asked.add(commands);
          return commands.stream().map(each -> answer).toList();
        }

        @Override
        public Answer act(Command command) {
          acted.add(command);
          return answer;
        }
      };
  private final ExecutorHost asking = ExecutorHost.asking(WEB, time, sender, LIMIT, mask);
  private final ExecutorHost acting = ExecutorHost.acting(WEB, time, sender, LIMIT, mask);

  @AfterEach
  void close() {
    time.close();
  }

  @Test
  void asksAllCommandsOfACheckTogether() {
    Command a = Command.shell("a").timeout(Duration.ofSeconds(1));
    Command b = Command.shell("b");

    assertThat(asking.runAll(List.of(a, b))).hasSize(2);

    assertThat(asked).containsExactly(List.of(a, b.timeout(LIMIT)));
    assertThat(acted).isEmpty();
  }

  @Test
  void sendsTheCommandsOfAnApplyOneByOne() {
    Command a = Command.shell("a").timeout(Duration.ofSeconds(1));
    Command b = Command.shell("b");

    assertThat(acting.runAll(List.of(a, b))).hasSize(2);

    assertThat(acted).containsExactly(a, b.timeout(LIMIT));
    assertThat(asked).isEmpty();
  }

  @Test
  void remembersTheFirstLostAnswerThoughTheExecutorGoesOn() {
    Answer first = Answer.none(Answer.Reason.KILLED, "timed out");
    answer = first;
    assertThatThrownBy(() -> acting.run(Command.shell("a")))
        .isInstanceOfSatisfying(
            HostException.class, e -> assertThat(e.reason()).isEqualTo(Answer.Reason.KILLED))
        .hasMessage("timed out");
    answer = Answer.none(Answer.Reason.GARBLED, "noise");
    assertThatThrownBy(() -> acting.run(Command.shell("b"))).hasMessage("noise");

    assertThat(acting.lost()).isEqualTo(first);
    assertThat(acting.commands()).isEqualTo("a; b");
  }

  @Test
  void stopsAnApplyAtTheFirstLostAnswer() {
    answer = Answer.none(Answer.Reason.CONNECTION_LOST, "cut");

    assertThatThrownBy(() -> acting.runAll(List.of(Command.shell("a"), Command.shell("b"))))
        .hasMessage("cut");

    assertThat(acted).hasSize(1);
  }

  @Test
  void refusesCommandsAfterItsCall() {
    asking.over();

    assertThatThrownBy(() -> asking.run(Command.shell("a")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "the check or apply that received this host has returned; use a host only during its call");
    assertThat(asked).isEmpty();
  }

  @Test
  void hidesTheSecretsOfACommandInItsResult() {
    answer = Answer.finished(CommandResult.exited(1).withStderr("no canary-hunter here"));

    CommandResult result = acting.run(Command.shell("a").env("PW", Secret.of("canary-hunter")));

    assertThat(result.tail(100)).isEqualTo("no *** here");
    assertThat(mask.hide("canary-hunter")).isEqualTo("***");
  }

  @Test
  void hidesASecretThatAnExecutorUsesItself() {
    assertThat(asking.secret(Secret.from(() -> "canary-api"))).isEqualTo("canary-api");
    assertThat(mask.hide("no canary-api here")).isEqualTo("no *** here");
    assertThatThrownBy(() -> asking.secret(Secret.named("api")))
        .hasMessage("nobody supplies the secret 'api'");
  }

  @Test
  void knowsItsAgentAndItsTime() throws InterruptedException {
    assertThat(asking.agent()).isEqualTo("web-01");
    assertThat(asking.labels()).isEqualTo(Map.of("role", "web"));
    asking.pause(Duration.ofMinutes(1));
    assertThat(time.nanoTime()).isEqualTo(Duration.ofMinutes(1).toNanos());
    assertThat(asking.time()).isEqualTo(time.now());
  }
}
