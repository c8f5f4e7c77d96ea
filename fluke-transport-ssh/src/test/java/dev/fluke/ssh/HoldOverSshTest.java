package dev.fluke.ssh;

import static dev.fluke.ssh.Lab.ask;
import static dev.fluke.ssh.Lab.limited;
import static dev.fluke.ssh.Lab.none;
import static dev.fluke.ssh.Lab.result;
import static dev.fluke.ssh.Lab.stdout;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Command;
import dev.fluke.ssh.CuttingProxy.Fault;
import dev.fluke.ssh.CuttingProxy.Way;
import dev.fluke.transport.Answer;
import dev.fluke.transport.Answer.Reason;
import dev.fluke.transport.Held;
import dev.fluke.transport.HostConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The lock of a host that is held over SSH, and what becomes of it when the connection is cut. */
@Tag("rule-16")
@Tag("slow")
class HoldOverSshTest {
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final String NO_SHELL_TO_KEEP =
      "[ \"$SSH_ORIGINAL_COMMAND\" = /bin/sh ] && { echo 'no shells here'; exit 1; }\n"
          + "exec /bin/sh -c \"$SSH_ORIGINAL_COMMAND\"";

  @RegisterExtension static final Lab lab = new Lab();
  @TempDir Path dir;

  private final long seed = Long.getLong("fluke.test.seed", System.nanoTime());

  private Command write(String word) {
    return limited(Command.shell("echo " + word + " >>log").in(dir.toString()));
  }

  private String log() throws Exception {
    Path log = dir.resolve("log");
    return Files.exists(log) ? Files.readString(log) : "";
  }

  private HostConnection straight() throws Exception {
    return lab.open(lab.server().ssh());
  }

  @Test
  void freesTheLockAtOnceIfItIsCutBeforeACommand() throws Exception {
    for (Fault fault : List.of(Fault.CLOSE, Fault.RESET)) {
      CuttingProxy proxy = lab.proxy();
      HostConnection cut = lab.open(lab.through(proxy));
      Held held = cut.hold(LONG);
      assertThat(held.refused()).isEmpty();
      proxy.after(0, Way.UP, fault);
      Answer lost = held.act(write("cut"));

      assertThat(none(lost).reason()).isIn(Reason.CONNECTION_LOST, Reason.END_NOT_KNOWN);
      assertThat(none(held.act(write("again"))).reason()).isEqualTo(Reason.CONNECTION_LOST);
      try (Held next = straight().hold(LONG)) {
        assertThat(next.refused()).isEmpty();
      }
    }
    assertThat(log()).isEmpty();
  }

  @Test
  void runsACommandThatIsCutAnywhereOnceAtMost() throws Exception {
    Random random = new Random(seed);
    int length = 4000;
    for (int i = 0; i < 30; i++) {
      CuttingProxy proxy = lab.proxy();
      Answer answer;
      try (HostConnection cut = lab.open(lab.through(proxy))) {
        Held held = cut.hold(LONG);
        assertThat(held.refused()).isEmpty();
        proxy.after(random.nextInt(length), Way.UP, Fault.CLOSE);
        answer = held.act(write("line" + i));
      }
      try (Held next = straight().hold(LONG)) {
        assertThat(next.refused()).as("cut %s of seed %s", i, seed).isEmpty();
      }
      long ran = log().lines().filter(("line" + i)::equals).count();
      String about = "cut %s of seed %s: %s".formatted(i, seed, answer);
      answer.fold(
          result -> assertThat(ran).as(about).isOne(),
          none ->
              none.reason() == Reason.END_NOT_KNOWN
                  ? assertThat(ran).as(about).isBetween(0L, 1L)
                  : assertThat(ran).as(about).isZero());
    }
  }

  @Test
  void freesTheLockAfterItsTimeIfTheConnectionFallsSilent() throws Exception {
    for (int bytes : new int[] {0, 100_000}) {
      CuttingProxy proxy = lab.proxy();
      HostConnection silent = lab.open(lab.through(proxy).keepAlive(Duration.ofSeconds(1)));
      Held held = silent.hold(Duration.ofSeconds(2));
      assertThat(held.refused()).isEmpty();
      Command large =
          limited(Command.shell("echo silent >>log # " + "x".repeat(200_000)).in(dir.toString()));
      proxy.after(bytes, Way.UP, Fault.SILENCE);
      CompletableFuture<Answer> answer = Lab.aside(() -> held.act(large));
      lab.until("the silence begins", proxy::hasStruck);

      try (Held next = straight().hold(LONG)) {
        assertThat(next.refused()).as("after %s bytes", bytes).isEmpty();
        assertThat(none(Waiting.result(answer)).reason())
            .isIn(Reason.CONNECTION_LOST, Reason.END_NOT_KNOWN);
      }
    }
    assertThat(log()).isEmpty();
  }

  @Test
  void keepsTheLockToTheEndOfACommandThatIsCut() throws Exception {
    Command slow =
        limited(
            Command.shell(
                    ": >begun; until test -e go; do echo here; sleep 0.05; done; echo x >>log")
                .in(dir.toString()));
    CuttingProxy proxy = lab.proxy();
    HostConnection cut = lab.open(lab.through(proxy));
    CompletableFuture<Answer> answer = Lab.aside(() -> cut.hold(LONG).act(slow));
    lab.until("it begins", () -> Files.exists(dir.resolve("begun")));
    proxy.after(0, Way.DOWN, Fault.RESET);
    assertThat(none(Waiting.result(answer)).reason()).isEqualTo(Reason.END_NOT_KNOWN);

    HostConnection other = straight();
    assertThat(other.hold(LONG).refused())
        .get()
        .extracting(Answer.None::reason)
        .isEqualTo(Reason.LOCKED);
    Files.createFile(dir.resolve("go"));
    lab.until("it ends", () -> log().equals("x\n"));
    try (Held next = other.hold(LONG)) {
      assertThat(next.refused()).isEmpty();
    }
  }

  @Test
  void asksChecksInTheHoldingShellWhereTheHostAllowsButOne() throws Exception {
    for (boolean keepsShell : new boolean[] {true, false}) {
      try (SshServer narrow = SshServer.start(lab.dir(), "MaxSessions 1")) {
        if (!keepsShell) {
          narrow.force(NO_SHELL_TO_KEEP);
        }
        try (HostConnection connection = lab.open(narrow.ssh())) {
          Command tries =
              Command.shell("flock -n ~ true || echo taken; echo $A; cat; exit 3")
                  .env("A", "é")
                  .stdin("in");
          try (Held held = connection.hold(LONG)) {
            assertThat(held.refused()).isEmpty();
            List<Answer> answers =
                connection.ask(List.of(limited(tries), limited(tries.stdin("more"))));
            assertThat(stdout(answers.get(0))).isEqualTo("taken\né\nin");
            assertThat(stdout(answers.get(1))).isEqualTo("taken\né\nmore");
            assertThat(result(answers.get(1)).exitStatus()).isEqualTo(3);
            assertThat(stdout(held.act(limited(tries)))).isEqualTo("taken\né\nin");
            assertThat(stdout(ask(connection, tries))).isEqualTo("taken\né\nin");
            assertThat(stdout(held.act(limited(tries)))).isEqualTo("taken\né\nin");
          }
          assertThat(stdout(ask(connection, Command.shell("flock -w 9 ~ echo free"))))
              .isEqualTo("free\n");
          try (Held held = connection.hold(LONG)) {
            Command hangs = Command.shell("sleep 3665").timeout(Duration.ofMillis(300));
            assertThat(none(connection.ask(List.of(hangs)).get(0)).reason())
                .isEqualTo(Reason.KILLED);
            assertThat(none(held.act(write("after"))).reason()).isEqualTo(Reason.NOT_BEGUN);
          }
          assertThat(stdout(connection.act(limited(Command.of("echo", "on"))))).isEqualTo("on\n");
        }
      }
    }
    assertThat(log()).isEmpty();
  }

  @Test
  void holdsTheLockOnAHostThatGivesNoShellToKeep() throws Exception {
    lab.server().force(NO_SHELL_TO_KEEP);
    try {
      HostConnection one = straight();
      HostConnection two = straight();
      assertThat(one.holdsLock()).isTrue();
      try (Held held = one.hold(LONG)) {
        assertThat(stdout(ask(one, Command.shell("flock -n ~ true || echo taken"))))
            .isEqualTo("taken\n");
        assertThat(two.hold(LONG).refused())
            .get()
            .extracting(Answer.None::reason)
            .isEqualTo(Reason.LOCKED);
        assertThat(result(held.act(write("a"))).succeeded()).isTrue();
        assertThat(result(held.act(write("b"))).succeeded()).isTrue();
      }
      try (Held next = two.hold(LONG)) {
        assertThat(next.refused()).isEmpty();
      }
      assertThat(log()).isEqualTo("a\nb\n");
    } finally {
      lab.server().force("exec $SSH_ORIGINAL_COMMAND");
    }
  }
}
