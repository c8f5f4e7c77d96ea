package dev.fluke.testkit;

import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.time.Scheduler;
import dev.fluke.transport.Answer;
import dev.fluke.transport.Answer.Reason;
import dev.fluke.transport.HostConnection;
import dev.fluke.transport.Target;
import dev.fluke.transport.UnreachableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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
  void countsCommandsThatRunAtOnce() {
    web.answer("slow", 0).takes("slow", Duration.ofSeconds(9));
    for (int i = 0; i < 3; i++) {
      time.start(
          "lane " + i,
          () -> {
            try (HostConnection connection = open()) {
              act(connection, "slow");
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
  void refusesConnectionsUntilReachableAgain() throws Exception {
    web.unreachable("no route to host");
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            UnreachableException.class, e -> assertThat(e.isLoginRefused()).isFalse())
        .hasMessage("no route to host");
    web.refusesLogin("no such key");
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            UnreachableException.class, e -> assertThat(e.isLoginRefused()).isTrue());
    web.reachable();

    open().close();

    assertThat(web.connectionsTried()).isEqualTo(3);
    assertThat(web.connectionsOpened()).isEqualTo(1);
  }

  @Test
  void blackHoleHangsForTwentyFiveSeconds() throws Exception {
    web.blackHole();
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    time.start(
        "lane",
        () -> {
          try {
            open();
          } catch (Exception e) {
            thrown.complete(e);
          }
        });

    assertThat(time.await(thrown, Duration.ofMinutes(1))).isTrue();

    assertThat(thrown.join()).isInstanceOf(UnreachableException.class);
    assertThat(time.nanoTime()).isEqualTo(Duration.ofSeconds(25).toNanos());
    assertThat(web.openConnections()).isZero();
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
