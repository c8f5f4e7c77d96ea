package dev.fluke.transport;

import static dev.fluke.transport.Shells.ask;
import static dev.fluke.transport.Shells.limited;
import static dev.fluke.transport.Shells.none;
import static dev.fluke.transport.Shells.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Command;
import dev.fluke.time.Scheduler;
import dev.fluke.transport.Answer.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lock of a host in real shells, each test on a host of its own. */
@Tag("rule-16")
@Tag("slow")
class HoldingShellTest {
  private static final Duration LONG = Duration.ofMinutes(10);

  private final Shells shells = new Shells();
  @TempDir Path home;
  @TempDir Path dir;

  @AfterEach
  void close() {
    shells.close();
  }

  private HostConnection open() throws Exception {
    return shells.open(Shells.apart(home, "sh"));
  }

  private Command write(String word) {
    return limited(Command.shell("echo " + word + " >> \"$D/log\"").env("D", dir.toString()));
  }

  private String log() throws Exception {
    Path log = dir.resolve("log");
    return Files.exists(log) ? Files.readString(log) : "";
  }

  private static Answer.None refusal(Held held) {
    return held.refused().orElseThrow();
  }

  private Command untilGo() {
    return limited(
        Command.shell(": >begun; until test -e go; do echo here; sleep 0.05; done; echo x >>log")
            .in(dir.toString()));
  }

  private void finishes() throws Exception {
    Files.createFile(dir.resolve("go"));
    shells.until(() -> Files.exists(dir.resolve("log")));
  }

  @Test
  void holdsTheLockInEveryShellWhileChecksAreAsked() throws Exception {
    for (Transport transport : Shells.allApart(home).toList()) {
      try (HostConnection connection = shells.open(transport);
          Held held = connection.hold(LONG)) {
        assertThat(held.refused()).isEmpty();
        Command tries = Command.shell("flock -n ~ true || echo taken");
        assertThat(result(ask(connection, tries)).stdout()).isEqualTo("taken\n");
        assertThat(result(held.act(limited(tries))).stdout()).isEqualTo("taken\n");
        assertThat(result(held.act(limited(Command.shell("read x; exit 9")))).exitStatus())
            .isEqualTo(9);
        held.close();
        assertThat(result(ask(connection, Command.shell("flock -w 9 ~ true"))).succeeded())
            .isTrue();
      }
    }
  }

  @Test
  void freesTheLockAtOnceWhenItsConnectionIsCut() throws Exception {
    HostConnection cut = shells.open(Shells.apartThatCanBeCut(home, dir));
    Held held = cut.hold(LONG);
    assertThat(held.refused()).isEmpty();
    Shells.cut(dir);
    try (HostConnection connection = open();
        Held next = connection.hold(LONG)) {
      assertThat(next.refused()).isEmpty();
      assertThat(none(held.act(write("cut"))).reason())
          .isIn(Reason.CONNECTION_LOST, Reason.NOT_BEGUN, Reason.END_NOT_KNOWN);
      assertThat(result(next.act(write("next"))).succeeded()).isTrue();
    }
    assertThat(log()).isEqualTo("next\n");
    cut.close();
  }

  @Test
  void keepsTheLockToTheEndOfACommandWhoseConnectionIsCut() throws Exception {
    HostConnection cut = shells.open(Shells.apartThatCanBeCut(home, dir));
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    shells.scheduler.start("apply", () -> answer.complete(cut.hold(LONG).act(untilGo())));
    shells.until(() -> Files.exists(dir.resolve("begun")));
    Shells.cut(dir);
    shells.until(answer::isDone);
    assertThat(none(answer.join()).reason()).isEqualTo(Reason.END_NOT_KNOWN);
    try (HostConnection connection = open()) {
      try (Held next = connection.hold(LONG)) {
        assertThat(refusal(next).reason()).isEqualTo(Reason.LOCKED);
        assertThat(none(next.act(write("next"))).reason()).isEqualTo(Reason.LOCKED);
      }
      finishes();
      try (Held next = connection.hold(LONG)) {
        assertThat(next.refused()).isEmpty();
      }
    }
    assertThat(log()).isEqualTo("x\n");
    cut.close();
  }

  @Test
  void freesTheLockAfterItsTimeAndSaysWhyALateCommandDoesNotBegin() throws Exception {
    try (HostConnection silent = open();
        HostConnection other = open();
        Held held = silent.hold(Duration.ofSeconds(1));
        Held next = other.hold(LONG)) {
      assertThat(next.refused()).isEmpty();
      Answer.None late = none(held.act(write("late")));
      assertThat(late.reason()).isEqualTo(Reason.NOT_BEGUN);
      assertThat(late.why()).endsWith("the host ends it after 1 s without a command");
    }
    assertThat(log()).isEmpty();
  }

  @Test
  void waitsForTheNextCommandAsLongAsTheLastOneMayTake() throws Exception {
    try (HostConnection one = open();
        HostConnection two = open();
        Held held = one.hold(Duration.ofSeconds(1))) {
      assertThat(result(held.act(write("a").timeout(Duration.ofSeconds(2)))).succeeded()).isTrue();
      try (Held next = two.hold(LONG)) {
        assertThat(next.refused()).isEmpty();
        assertThat(none(held.act(write("b"))).why()).contains("after 2 s without a command");
      }
    }
    assertThat(log()).isEqualTo("a\n");
  }

  @Test
  void anInterruptEndsTheWaitAndTheLockIsNotTakenLater() throws Exception {
    try (HostConnection one = open();
        HostConnection two = open()) {
      Held first = one.hold(LONG);
      CompletableFuture<Held> waiting = new CompletableFuture<>();
      CompletableFuture<Boolean> flag = new CompletableFuture<>();
      Scheduler.Work work =
          shells.scheduler.start(
              "hold",
              () -> {
                waiting.complete(two.hold(LONG));
                flag.complete(Thread.currentThread().isInterrupted());
              });
      shells.until(() -> Shells.running("flock -w 10 -E 213 9"));
      work.interrupt();
      shells.until(flag::isDone);

      assertThat(refusal(waiting.join()).reason()).isEqualTo(Reason.NOT_BEGUN);
      assertThat(flag.join()).as("interrupted still").isTrue();
      assertThat(Shells.running("flock -w 10 -E 213 9")).isFalse();
      first.close();
      try (HostConnection three = open();
          Held next = three.hold(LONG)) {
        assertThat(next.refused()).isEmpty();
      }
    }
  }

  @Test
  void anInterruptedCommandIsKilledAndEndsTheHold() throws Exception {
    try (HostConnection one = open();
        Held held = one.hold(LONG)) {
      CompletableFuture<Answer> answer = new CompletableFuture<>();
      Command sleeps = limited(Command.shell("exec sleep 3632"));
      Scheduler.Work work =
          shells.scheduler.start("apply", () -> answer.complete(held.act(sleeps)));
      shells.until(() -> Shells.running("sleep 3632"));
      work.interrupt();
      shells.until(answer::isDone);

      assertThat(none(answer.join()).reason()).isEqualTo(Reason.KILLED);
      assertThat(Shells.running("sleep 3632")).isFalse();
      assertThat(none(held.act(write("more"))).reason()).isEqualTo(Reason.NOT_BEGUN);
      try (HostConnection two = open();
          Held next = two.hold(LONG)) {
        assertThat(next.refused()).isEmpty();
      }
    }
    assertThat(log()).isEmpty();
  }

  @Test
  void aCommandAtItsLimitIsKilledByTheHostAndTheNextOneRuns() throws Exception {
    try (HostConnection one = open();
        Held held = one.hold(LONG)) {
      Command sleeps = Command.shell("sleep 3633").timeout(Duration.ofMillis(300));
      assertThat(none(held.act(sleeps)).reason()).isEqualTo(Reason.KILLED);
      assertThat(result(held.act(write("next"))).succeeded()).isTrue();
      assertThat(none(held.act(limited(Command.of("pwd").in("/no/such")))).reason())
          .isEqualTo(Reason.NOT_BEGUN);
      assertThat(result(held.act(write("last"))).succeeded()).isTrue();
    }
    assertThat(log()).isEqualTo("next\nlast\n");
  }

  @Test
  void carriesLargeInputLongTextAndAnotherUserUnderTheLock() throws Exception {
    byte[] input = new byte[8 * 1024 * 1024];
    IntStream.range(0, input.length).forEach(i -> input[i] = (byte) (i * 31 + i / 257));
    try (HostConnection one = open();
        Held held = one.hold(LONG)) {
      Command sum = limited(Command.of("sha256sum").stdin(input));
      assertThat(result(held.act(sum)).stdout())
          .isEqualTo(result(ask(one, sum)).stdout())
          .hasSizeGreaterThan(60);
      String text = "A=" + "x".repeat(200 * 1024) + "; echo ${#A}";
      assertThat(result(held.act(limited(Command.shell(text)))).stdout()).isEqualTo("204800\n");
      Command who = limited(Command.shell("id -un; cat").stdin("in\0").runAs("nobody"));
      assertThat(result(held.act(who)).stdout()).isEqualTo("nobody\nin\0");
      assertThat(none(held.act(limited(Command.of("id").runAs("no-such-user")))).reason())
          .isEqualTo(Reason.NOT_BEGUN);
      for (int i = 0; i < 50; i++) {
        assertThat(result(held.act(limited(Command.of("echo", "" + i)))).stdout())
            .isEqualTo(i + "\n");
      }
    }
  }

  @Test
  void anApplyUnderWayIsLeftToEndByACloseAndThenFreesTheLock() throws Exception {
    HostConnection connection = open();
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    shells.scheduler.start("apply", () -> answer.complete(connection.hold(LONG).act(untilGo())));
    shells.until(() -> Files.exists(dir.resolve("begun")));
    connection.close();
    finishes();
    shells.until(answer::isDone);

    assertThat(result(answer.join()).succeeded()).isTrue();
    try (HostConnection other = open();
        Held next = other.hold(LONG)) {
      assertThat(next.refused()).isEmpty();
    }
  }

  @Test
  void theHostItselfLimitsAChecksTimeInTheShellThatHoldsTheLock() throws Exception {
    Target target = Target.of("here", shells.scheduler);
    Command parent =
        Command.shell("tr '\\0' ' ' </proc/$PPID/cmdline").timeout(Duration.ofSeconds(30));
    try (HostConnection one =
        HostConnection.overShells(new CrampedLine(1, shells.scheduler, "sh"), target)) {
      assertThat(result(ask(one, parent)).stdout()).doesNotContain("timeout");
      try (Held held = one.hold(LONG)) {
        assertThat(held.refused()).isEmpty();
        for (Answer answer : one.ask(List.of(parent, parent))) {
          assertThat(result(answer).stdout()).startsWith("timeout -k 5 40.000 ");
        }
      }
    }
  }
}
