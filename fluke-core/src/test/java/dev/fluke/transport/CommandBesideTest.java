package dev.fluke.transport;

import static dev.fluke.transport.Shells.ask;
import static dev.fluke.transport.Shells.limited;
import static dev.fluke.transport.Shells.none;
import static dev.fluke.transport.Shells.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Command;
import dev.fluke.transport.Answer.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands of several users in one apply, in real shells, each test on a host of its own. */
@Tag("rule-16")
@Tag("slow")
class CommandBesideTest {
  private static final Duration LONG = Duration.ofMinutes(10);

  private final Shells shells = new Shells();
  @TempDir Path home;
  @TempDir Path dir;

  @AfterEach
  void close() {
    shells.close();
  }

  private Command write(String word) {
    return limited(Command.shell("echo " + word + " >>log").in(dir.toString()));
  }

  private String log() throws Exception {
    return Files.readString(dir.resolve("log"));
  }

  private Command tries(String user) {
    return limited(Command.shell("id -un; flock -n \"$H\" true || echo taken").runAs(user))
        .env("H", home.toString());
  }

  @Tag("Z03")
  @Test
  void runsCommandsOfOtherUsersBesideUnderTheSameLock() throws Exception {
    for (Transport transport : Shells.allApart(home).toList()) {
      try (HostConnection one = shells.open(transport)) {
        try (Held held = one.hold(LONG)) {
          for (String user : List.of("nobody", "root", "nobody", "daemon", "root")) {
            assertThat(result(held.act(tries(user))).stdout())
                .startsWith(user + "\n")
                .endsWith(user.equals("root") ? "taken\n" : "\n");
          }
          Command large = limited(Command.of("sha256sum").stdin(new byte[3_000_000]));
          assertThat(result(held.act(large)).stdout()).hasSizeGreaterThan(60);
          Command fails = limited(Command.shell("cat; echo e >&2; exit 9").stdin("in"));
          assertThat(result(held.act(fails)).exitStatus()).isEqualTo(9);
          assertThat(result(held.act(fails)).stdout()).isEqualTo("in");
          assertThat(none(held.act(tries("no-such-user"))).why()).contains("no-such-user");
          assertThat(result(held.act(tries("nobody"))).stdout()).startsWith("nobody\n");
        }
        Command free = Command.shell("flock -w 9 ~ true");
        assertThat(result(ask(one, free)).succeeded()).isTrue();
      }
    }
  }

  @Test
  void keepsTheLockToTheEndOfACommandBesideThatIsCut() throws Exception {
    HostConnection cut = shells.open(Shells.apartThatCanBeCut(home, dir));
    Held held = cut.hold(LONG);
    assertThat(result(held.act(tries("nobody"))).succeeded()).isTrue();
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    Command waits =
        limited(
            Command.shell(
                    ": >begun; until test -e go; do echo here; sleep 0.05; done; echo x >>log")
                .in(dir.toString()));
    shells.scheduler.start("apply", () -> answer.complete(held.act(waits)));
    shells.until(() -> Files.exists(dir.resolve("begun")));
    Shells.cut(dir);
    shells.until(answer::isDone);

    assertThat(none(answer.join()).reason()).isEqualTo(Reason.END_NOT_KNOWN);
    assertThat(none(held.act(tries("nobody"))).reason()).isEqualTo(Reason.NOT_BEGUN);
    held.close();
    try (HostConnection connection = shells.open(Shells.apart(home, "sh"))) {
      Command tries = Command.shell("flock -n ~ true || echo taken");
      assertThat(result(ask(connection, tries)).stdout()).isEqualTo("taken\n");
      Files.createFile(dir.resolve("go"));
      shells.until(() -> Files.exists(dir.resolve("log")));
      try (Held next = connection.hold(LONG)) {
        assertThat(next.refused()).isEmpty();
      }
    }
    assertThat(log()).isEqualTo("x\n");
    cut.close();
  }

  @Test
  void aCommandBesideAtItsLimitIsKilledAndTheNextOneRuns() throws Exception {
    try (HostConnection one = shells.open(Shells.apart(home, "sh"));
        Held held = one.hold(LONG)) {
      assertThat(result(held.act(write("first"))).succeeded()).isTrue();
      Command sleeps = Command.shell("sleep 3684").timeout(Duration.ofMillis(300)).runAs("nobody");
      assertThat(none(held.act(sleeps)).reason()).isEqualTo(Reason.KILLED);
      assertThat(result(held.act(write("next"))).succeeded()).isTrue();
    }
    assertThat(log()).isEqualTo("first\nnext\n");
  }
}
