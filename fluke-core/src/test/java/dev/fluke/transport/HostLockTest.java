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
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which hosts have a lock, and who gets it. */
@Tag("rule-16")
@Tag("slow")
class HostLockTest {
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

  @Test
  void worksWithTheFlockOfBusyBox(@TempDir Path bin) throws Exception {
    Shells.busyBoxFlock(bin);
    Target target = Target.of("here", shells.scheduler).path(List.of(bin.toString()));
    try (HostConnection one = Shells.apart(home, "busybox sh").open(target);
        HostConnection two = open();
        Held held = one.hold(LONG)) {
      assertThat(one.holdsLock()).isTrue();
      assertThat(one.remarks()).isEmpty();
      assertThat(result(held.act(write("one"))).succeeded()).isTrue();
      try (Held next = two.hold(LONG)) {
        assertThat(refusal(next).reason()).isEqualTo(Reason.LOCKED);
      }
      held.close();
      Held other = two.hold(LONG);
      try (Held refused = one.hold(LONG)) {
        assertThat(refusal(refused).reason()).isEqualTo(Reason.LOCKED);
      }
      other.close();
    }
    assertThat(log()).isEqualTo("one\n");
  }

  @Test
  void withoutALockThatCanBeHeldItAppliesAndRemarksIt(@TempDir Path bin) throws Exception {
    for (String missing : List.of("flock", "timeout")) {
      Path program = bin.resolve(missing);
      Shells.program(program, "exit 1");
      Target target = Target.of("here", shells.scheduler).path(List.of(bin.toString()));
      try (HostConnection one = Shells.apart(home, "sh").open(target);
          HostConnection two = Shells.apart(home, "sh").open(target);
          Held held = one.hold(LONG);
          Held other = two.hold(LONG)) {
        assertThat(one.holdsLock()).isFalse();
        assertThat(one.remarks())
            .singleElement()
            .asString()
            .startsWith(Held.TWO_MAY_APPLY + ": no usable " + missing);
        assertThat(result(held.act(write(missing))).succeeded()).isTrue();
        assertThat(result(other.act(write(missing))).succeeded()).isTrue();
      }
      Files.delete(program);
    }
    assertThat(log()).isEqualTo("flock\nflock\ntimeout\ntimeout\n");
  }

  @Test
  void aUserWithoutAHomeAppliesWithoutALock() throws Exception {
    for (String shell : List.of("sh", "bash", "busybox sh")) {
      String login = "setpriv --reuid 54321 --regid 54321 --clear-groups " + shell;
      try (HostConnection connection = shells.open(Shells.apart(home, login));
          Held held = connection.hold(LONG)) {
        assertThat(connection.remarks())
            .singleElement()
            .asString()
            .startsWith(Held.TWO_MAY_APPLY)
            .contains("home");
        assertThat(result(held.act(limited(Command.of("echo", "hi")))).stdout()).isEqualTo("hi\n");
        assertThat(result(ask(connection, Command.of("echo", "hi"))).stdout()).isEqualTo("hi\n");
      }
    }
  }

  @Test
  void letsTwoConnectionsApplyInTurn() throws Exception {
    Command check = Command.shell("test -e done").in(dir.toString());
    Command apply =
        limited(Command.shell("sleep 0.3; touch done; echo applied >>log").in(dir.toString()));
    List<CompletableFuture<String>> ends =
        IntStream.range(0, 3)
            .mapToObj(i -> new CompletableFuture<String>())
            .peek(end -> shells.scheduler.start("walk", () -> walk(check, apply, end)))
            .toList();

    for (CompletableFuture<String> end : ends) {
      shells.until(end::isDone);
    }
    assertThat(ends).extracting(CompletableFuture::join).containsOnlyOnce("applied");
    assertThat(ends).extracting(CompletableFuture::join).contains("in sync");
    assertThat(log()).isEqualTo("applied\n");
  }

  private void walk(Command check, Command apply, CompletableFuture<String> end) {
    try (HostConnection connection = open();
        Held held = connection.hold(LONG)) {
      boolean inSync = result(ask(connection, check)).succeeded();
      end.complete(inSync ? "in sync" : result(held.act(apply)).succeeded() ? "applied" : "?");
    } catch (Exception e) {
      end.completeExceptionally(e);
    }
  }

  @Test
  void aClosedConnectionHoldsNothing() throws Exception {
    HostConnection connection = open();
    Held held = connection.hold(LONG);
    connection.close();

    assertThat(none(held.act(write("late"))).reason()).isEqualTo(Reason.CONNECTION_LOST);
    held.close();
    assertThat(refusal(connection.hold(LONG)).reason()).isEqualTo(Reason.CONNECTION_LOST);
    try (HostConnection other = open();
        Held next = other.hold(LONG)) {
      assertThat(next.refused()).isEmpty();
    }
    assertThat(log()).isEmpty();
  }
}
