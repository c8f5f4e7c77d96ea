package dev.fluke.transport;

import static dev.fluke.transport.Shells.limited;
import static dev.fluke.transport.Shells.none;
import static dev.fluke.transport.Shells.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.command.Secret;
import dev.fluke.time.Scheduler;
import dev.fluke.transport.Answer.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Applies through real shells. */
@Tag("slow")
class ApplyExchangeTest {
  private final Shells shells = new Shells();

  @AfterEach
  void close() {
    shells.close();
  }

  @Tag("rule-16")
  @ParameterizedTest
  @MethodSource("dev.fluke.transport.Shells#all")
  void anApplyRunsOnceAndItsEndIsKnown(Transport transport, @TempDir Path dir) throws Exception {
    Path file = dir.resolve("log");
    try (HostConnection connection = shells.open(transport)) {
      CommandResult result =
          result(
              connection.act(
                  limited(
                      Command.shell("echo line >> \"$F\"; echo out; echo err >&2; exit 3")
                          .env("F", file.toString()))));

      assertThat(result.exitStatus()).isEqualTo(3);
      assertThat(result.stdout()).isEqualTo("out\n");
      assertThat(result.stderr()).isEqualTo("err\n");
      assertThat(Files.readString(file)).isEqualTo("line\n");
    }
  }

  @Tag("rule-5")
  @ParameterizedTest
  @MethodSource("dev.fluke.transport.Shells#all")
  void anApplyThatAsksAQuestionFindsNobodyThere(Transport transport) throws Exception {
    try (HostConnection connection = shells.open(transport)) {
      Command asks = Command.shell("read x; echo \"got $x\"").timeout(Duration.ofSeconds(3));

      assertThat(result(connection.act(asks)).stdout()).isEqualTo("got \n");
    }
  }

  @Tag("rule-6")
  @Test
  void theHostItselfKeepsTheLimit() throws Exception {
    try (HostConnection connection = shells.open(Local.machine())) {
      long start = System.nanoTime();
      Answer answer =
          connection.act(Command.shell("echo waits; sleep 3621").timeout(Duration.ofMillis(500)));

      assertThat(none(answer).reason()).isEqualTo(Reason.KILLED);
      assertThat(none(answer).printed().orElseThrow().stdout()).isEqualTo("waits\n");
      assertThat(answer.toString()).doesNotContain("waits");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
      assertThat(result(connection.act(limited(Command.shell("exit 124")))).exitStatus())
          .isEqualTo(124);
    }
  }

  @Tag("rule-16")
  @Tag("S11")
  @Test
  void anApplyOutlivesItsConnectionAndKeepsOthersOut(@TempDir Path dir) throws Exception {
    Path begun = dir.resolve("begun");
    Path go = dir.resolve("go");
    Path done = dir.resolve("done");
    Command slow =
        limited(
            Command.shell(
                    "touch \"$D/begun\"; until test -e \"$D/go\"; do echo still here; sleep 0.05;"
                        + " done; echo x >> \"$D/done\"")
                .env("D", dir.toString()));
    Process other =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                Applying.class.getName(),
                dir.toString())
            .inheritIO()
            .start();
    await(begun);
    other.destroyForcibly().waitFor(); // kill -9 in the middle of an apply
    try (HostConnection connection = shells.open(Local.machine())) {
      assertThat(none(connection.act(slow)).reason()).isEqualTo(Reason.LOCKED);

      Files.createFile(go);
      await(done);
      assertThat(result(connection.act(limited(Command.of("true")))).succeeded()).isTrue();
      assertThat(Files.readString(done)).isEqualTo("x\n");
    }
  }

  /** Applies the slow command in a process of its own. */
  static final class Applying {
    private Applying() {}

    public static void main(String[] args) throws Exception {
      try (Scheduler scheduler = Scheduler.system();
          HostConnection connection = Local.machine().open(Target.of("here", scheduler))) {
        Command slow =
            Command.shell(
                    "touch \"$D/begun\"; until test -e \"$D/go\"; do echo still here; sleep 0.05;"
                        + " done; echo x >> \"$D/done\"")
                .env("D", args[0])
                .timeout(Duration.ofMinutes(1));
        connection.act(slow);
      }
    }
  }

  private void await(Path file) throws InterruptedException {
    shells.until(() -> Files.exists(file));
  }

  @Tag("rule-16")
  @Test
  void withoutAUsableFlockAnApplysProcessTellsThatItRuns(@TempDir Path dir) throws Exception {
    Path flock = Files.writeString(dir.resolve("flock"), "#!/bin/sh\nexit 1\n");
    assertThat(flock.toFile().setExecutable(true)).isTrue();
    Target target = Target.of("here", shells.scheduler).path(List.of(dir.toString()));
    Command cut =
        limited(
            Command.shell(
                    "kill -9 $(cat \"$D/relay\"); until test -e \"$D/go\"; do sleep 0.05; done;"
                        + " touch \"$D/done\"")
                .env("D", dir.toString()));
    try (HostConnection connection = Shells.thatCanBeCut(dir, "sh").open(target)) {
      assertThat(connection.remarks()).singleElement().asString().contains("no usable flock");
      assertThat(connection.capabilities()).contains("/bin/sh", "timeout").doesNotContain("flock");

      Answer.None lost = none(connection.act(cut));

      assertThat(lost.reason()).isEqualTo(Reason.END_NOT_KNOWN);
      Command stillRunning = lost.stillRunning().orElseThrow();
      assertThat(result(Shells.ask(connection, stillRunning)).succeeded()).isTrue();
      Files.createFile(dir.resolve("go"));
      await(dir.resolve("done"));
      shells.until(() -> !result(Shells.ask(connection, stillRunning)).succeeded());
    }
  }

  @Tag("rule-2")
  @Tag("T10")
  @Test
  void aCutBeforeTheBegunMarkArrivesDoesNotProveThatNothingBegan(@TempDir Path dir)
      throws Exception {
    // 133 bytes are enough for what the first shell says when it is opened, and cut the mark in the
    // next, which has told that it holds the lock
    String wire =
        "mkfifo $1/$$ && exec 3<&0 && { dash <&3 >$1/$$ & exec dd bs=1 count=133 <$1/$$ 2>/dev/null; }";
    Transport cut = Transport.throughShell("sh", "-c", wire, "sh", dir.toString());
    try (HostConnection connection = shells.open(cut)) {
      Command began = limited(Command.shell("touch \"$D/began\"").env("D", dir.toString()));

      assertThat(none(connection.act(began)).reason()).isEqualTo(Reason.END_NOT_KNOWN);
      await(dir.resolve("began"));
    }
  }

  @Tag("rule-16")
  @Test
  void whatAnApplyLeavesRunningHoldsNoLockAndLivesOn(@TempDir Path dir) throws Exception {
    try (HostConnection connection = shells.open(Local.machine())) {
      CommandResult started =
          result(
              connection.act(
                  limited(
                      Command.shell(
                              "(until test -e \"$D/stop\"; do echo noise; sleep 0.05; done;"
                                  + " touch \"$D/stopped\") & echo started")
                          .env("D", dir.toString()))));

      assertThat(started.stdout()).contains("started");
      assertThat(result(connection.act(limited(Command.of("true")))).succeeded()).isTrue();
    }
    Files.createFile(dir.resolve("stop"));
    await(dir.resolve("stopped"));
  }

  @Tag("Z03")
  @Tag("rule-4")
  @Test
  void runAsIsThatUserOrNothing() throws Exception {
    try (HostConnection connection = shells.open(Local.machine())) {
      Command who = limited(Command.shell("id -un; echo $A; cat").env("A", "v w").stdin("in\0"));

      assertThat(result(connection.act(who.runAs("nobody"))).stdout())
          .isEqualTo("nobody\nv w\nin\0");
      assertThat(result(Shells.ask(connection, who.runAs("nobody"))).stdout())
          .isEqualTo("nobody\nv w\nin\0");
      for (Answer answer :
          List.of(
              connection.act(who.runAs("no-such-user")),
              Shells.ask(connection, who.runAs("no-such-user")))) {
        assertThat(none(answer).reason()).isEqualTo(Reason.NOT_BEGUN);
        assertThat(none(answer).why()).contains("no-such-user");
      }
    }
  }

  @Tag("Z04")
  @Tag("Z02")
  @Tag("rule-4")
  @Test
  void secretsStandInNoArgumentList() throws Exception {
    String canary = "canary-7f3a9c";
    Command seen =
        limited(
            Command.shell("cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' '\\n'; cat >/dev/null")
                .env("TOKEN", Secret.of(canary))
                .stdin(Secret.of(canary)));
    try (HostConnection connection = shells.open(Local.machine())) {
      for (Answer answer :
          List.of(
              Shells.ask(connection, seen),
              connection.act(seen),
              Shells.ask(connection, seen.runAs("nobody")),
              connection.act(seen.runAs("nobody")))) {
        assertThat(
                new String(result(answer).stdoutBytes(), java.nio.charset.StandardCharsets.UTF_8))
            .contains("cmdline")
            .doesNotContain(canary);
      }
    }
  }

  @Tag("rule-31")
  @Test
  void anInterruptEndsWhatRunsAlsoAtTheFarEndOfAWire(@TempDir Path dir) throws Exception {
    for (Transport transport : List.of(Local.machine(), Shells.thatCanBeCut(dir, "sh"))) {
      try (HostConnection connection = shells.open(transport)) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        Command sleeps = limited(Command.shell("exec sleep 3631"));
        Scheduler.Work work =
            shells.scheduler.start("apply", () -> answer.complete(connection.act(sleeps)));
        shells.until(() -> Shells.running("sleep 3631"));
        work.interrupt();

        assertThat(none(answer.get(20, TimeUnit.SECONDS)).reason()).isEqualTo(Reason.KILLED);
        assertThat(Shells.running("sleep 3631")).isFalse();
      }
    }
  }

  @Tag("rule-31")
  @Test
  void aClosedConnectionTakesNothing() throws Exception {
    HostConnection connection = shells.open(Local.machine());
    connection.close();

    assertThat(connection.isOpen()).isFalse();
    for (Answer answer :
        List.of(
            Shells.ask(connection, Command.of("true")),
            connection.act(limited(Command.of("true"))))) {
      assertThat(none(answer).reason()).isEqualTo(Reason.CONNECTION_LOST);
    }
  }
}
