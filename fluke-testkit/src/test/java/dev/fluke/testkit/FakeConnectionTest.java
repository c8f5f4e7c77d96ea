package dev.fluke.testkit;

import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Command;
import dev.fluke.time.Scheduler;
import dev.fluke.transport.Answer;
import dev.fluke.transport.HostConnection;
import dev.fluke.transport.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What runs on a connection to a scripted host, and how it ends. */
class FakeConnectionTest {
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
    List<Command> commands = Stream.of(texts).map(FakeConnectionTest::command).toList();
    return connection.ask(commands).stream().map(FakeConnectionTest::told).toList();
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
  void runsACommandForItsTimeAndKillsItAtItsLimit() throws Exception {
    web.pair("check", "fix")
        .broken()
        .checkTakes(Duration.ofSeconds(5))
        .applyTakes(Duration.ofMinutes(2));

    try (HostConnection connection = open()) {
      ask(connection, "check");
      assertThat(time.nanoTime()).isEqualTo(Duration.ofSeconds(5).toNanos());
      assertThat(act(connection, "fix")).isEqualTo("KILLED: timed out after 60 s");
      assertThat(time.nanoTime()).isEqualTo(Duration.ofSeconds(65).toNanos());
      assertThat(ask(connection, "check")).as("killed, it mended nothing").contains("exit 1");
    }
  }

  @Test
  void killsTheRunningCommandOnInterrupt() {
    web.pair("check", "fix").broken().applyTakes(Duration.ofSeconds(30));
    List<String> told = new ArrayList<>();
    Scheduler.Work work =
        time.start(
            "lane",
            () -> {
              try (HostConnection connection = open()) {
                told.add(act(connection, "fix") + ", " + Thread.currentThread().isInterrupted());
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    time.after(Duration.ofSeconds(7), work::interrupt);

    time.runFor(Duration.ofSeconds(8));

    assertThat(told).containsExactly("KILLED: cancelled, and killed, true");
    assertThat(time.parkedWork()).isEmpty();
  }

  @Test
  void answersNoneForTheRestOfABatchOnceLost() throws Exception {
    web.answer("a", 0).answer("b", 0).answer("c", 0).losesConnectionAt("b");

    try (HostConnection connection = open()) {
      assertThat(ask(connection, "a", "b", "c"))
          .containsExactly(
              "exit 0",
              "CONNECTION_LOST: the connection was lost",
              "CONNECTION_LOST: the connection was lost");
      assertThat(connection.isOpen()).isFalse();
      assertThat(act(connection, "c")).startsWith("CONNECTION_LOST");
    }
    assertThat(web.openConnections()).isZero();
    try (HostConnection again = open()) {
      assertThat(ask(again, "b")).as("it is lost once").containsExactly("exit 0");
    }
  }

  @Test
  void runsAnApplyWhoseEndIsLost() throws Exception {
    web.pair("check", "fix").broken();
    web.losesConnectionAt("fix");

    try (HostConnection connection = open()) {
      assertThat(act(connection, "fix"))
          .isEqualTo("END_NOT_KNOWN: the connection was lost; it had ended");
      assertThat(connection.isOpen()).isFalse();
    }
    assertThat(web).ran("fix").once();
    try (HostConnection again = open()) {
      assertThat(ask(again, "check")).containsExactly("exit 0");
    }
  }

  @Test
  void runsNothingAfterAConnectionLostBefore() throws Exception {
    web.pair("check", "fix").broken();
    web.losesConnectionBefore("fix").losesConnectionBefore("check");
    try (HostConnection connection = open()) {
      assertThat(act(connection, "fix")).isEqualTo("CONNECTION_LOST: the connection was lost");
      assertThat(connection.isOpen()).isFalse();
    }
    try (HostConnection again = open()) {
      assertThat(ask(again, "check")).containsExactly("CONNECTION_LOST: the connection was lost");
    }
    assertThat(web).ran("fix").never().asked("check").never();
  }

  @Test
  void answersChecksButRunsNoApplyWhileLocked() throws Exception {
    web.pair("check", "fix").broken();
    web.locked(true);
    try (HostConnection connection = open()) {
      assertThat(act(connection, "fix")).startsWith("LOCKED: ");
      assertThat(ask(connection, "check")).containsExactly("exit 1");
      web.locked(false);
      assertThat(act(connection, "fix")).isEqualTo("exit 0");
    }
    assertThat(web).ran("fix").once();
  }
}
