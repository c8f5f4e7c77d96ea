package dev.fluke.testkit;

import static dev.fluke.testkit.ContractHost.ask;
import static dev.fluke.testkit.ContractHost.limited;
import static dev.fluke.testkit.ContractHost.none;
import static dev.fluke.testkit.ContractHost.remove;
import static dev.fluke.testkit.ContractHost.result;
import static dev.fluke.testkit.ContractHost.scratch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fluke.command.Command;
import dev.fluke.time.Scheduler;
import dev.fluke.transport.Answer;
import dev.fluke.transport.Answer.Reason;
import dev.fluke.transport.Held;
import dev.fluke.transport.HostConnection;
import dev.fluke.transport.Target;
import dev.fluke.transport.Transport;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The part of the {@link TransportContract} about the lock of the host. */
abstract class HoldContract {
  private static final Duration LONG = Duration.ofMinutes(1);

  final Scheduler scheduler = Scheduler.system();
  final ContractHost host = new ContractHost(scheduler);

  /** The transport under test; each connection calls this again. */
  protected abstract Transport transport();

  @AfterEach
  void closeScheduler() {
    scheduler.close();
  }

  final HostConnection open() throws Exception {
    return transport().open(Target.of("contract", scheduler));
  }

  /** A connection that holds locks; without one, the test is skipped. */
  private HostConnection openWithLock() throws Exception {
    HostConnection connection = open();
    if (!connection.holdsLock()) {
      connection.close();
    }
    assumeTrue(connection.holdsLock(), "the transport holds no lock");
    return connection;
  }

  private static Command write(String word, String dir) {
    return limited(Command.shell("echo " + word + " >>log").in(dir));
  }

  private static String log(HostConnection connection, String dir) {
    return result(ask(connection, Command.shell("cat log 2>/dev/null").in(dir))).stdout();
  }

  @Test
  void saysThatTwoProcessesMayApplyIfItHoldsNoLock() throws Exception {
    try (HostConnection connection = open()) {
      assertThat(connection.remarks().stream().anyMatch(it -> it.startsWith(Held.TWO_MAY_APPLY)))
          .isEqualTo(!connection.holdsLock());
    }
  }

  @Test
  void refusesASecondHolderUntilTheFirstIsClosed() throws Exception {
    try (HostConnection one = openWithLock();
        HostConnection two = open()) {
      String dir = scratch(one);
      Held first = one.hold(LONG);
      assertThat(first.refused()).isEmpty();
      try (Held second = two.hold(LONG)) {
        assertThat(second.refused()).get().extracting(Answer.None::reason).isEqualTo(Reason.LOCKED);
        assertThat(none(second.act(write("two", dir))).reason()).isEqualTo(Reason.LOCKED);
      }
      assertThat(log(one, dir)).as("asked while it is held").isEmpty();
      assertThat(log(two, dir)).as("asked while another holds").isEmpty();
      first.close();
      first.close();
      try (Held third = two.hold(LONG)) {
        assertThat(third.refused()).isEmpty();
        assertThat(result(third.act(write("three", dir))).succeeded()).isTrue();
      }
      assertThat(log(one, dir)).isEqualTo("three\n");
      remove(one, dir);
    }
  }

  @Test
  void runsSeveralCommandsUnderOneHold() throws Exception {
    try (HostConnection one = openWithLock();
        HostConnection two = open()) {
      String dir = scratch(one);
      CompletableFuture<Answer> other;
      try (Held held = one.hold(LONG)) {
        assertThat(result(held.act(write("a", dir))).succeeded()).isTrue();
        other = host.inBackground(() -> two.act(write("other", dir)));
        Command fails = limited(Command.shell("echo out; echo err >&2; exit 213"));
        assertThat(result(held.act(fails)).exitStatus()).isEqualTo(213);
        assertThat(result(held.act(fails)).stdout()).isEqualTo("out\n");
        assertThat(result(held.act(fails)).stderr()).isEqualTo("err\n");
        assertThat(log(one, dir)).as("asked between two commands").isEqualTo("a\n");
        assertThat(scheduler.await(other, Duration.ofMillis(300))).as("waits").isFalse();
        assertThat(result(held.act(write("b", dir))).succeeded()).isTrue();
      }
      assertThat(result(host.valueOf(other)).succeeded()).isTrue();
      assertThat(log(one, dir)).isEqualTo("a\nb\nother\n");
      remove(one, dir);
    }
  }

  @Test
  void givesTheLockBackIfNoCommandComes() throws Exception {
    try (HostConnection one = openWithLock();
        HostConnection two = open()) {
      String dir = scratch(one);
      try (Held silent = one.hold(Duration.ofSeconds(1));
          Held next = two.hold(LONG)) {
        assertThat(next.refused()).isEmpty();
        assertThat(none(silent.act(write("late", dir))).reason())
            .isIn(Reason.NOT_BEGUN, Reason.CONNECTION_LOST);
        assertThat(result(next.act(write("next", dir))).succeeded()).isTrue();
      }
      assertThat(log(two, dir)).isEqualTo("next\n");
      remove(two, dir);
    }
  }

  @Test
  void givesTheLockBackWithItsConnection() throws Exception {
    try (HostConnection two = openWithLock()) {
      String dir = scratch(two);
      HostConnection one = open();
      Held held = one.hold(LONG);
      assertThat(held.refused()).isEmpty();
      one.close();
      assertThat(none(held.act(write("closed", dir))).reason()).isEqualTo(Reason.CONNECTION_LOST);
      try (Held none = one.hold(LONG)) {
        assertThat(none.refused())
            .get()
            .extracting(Answer.None::reason)
            .isEqualTo(Reason.CONNECTION_LOST);
      }
      held.close();
      try (Held next = two.hold(LONG)) {
        assertThat(next.refused()).isEmpty();
      }
      assertThat(log(two, dir)).isEmpty();
      remove(two, dir);
    }
  }

  @Test
  void letsWhatACommandLeftRunningHoldNoLock() throws Exception {
    try (HostConnection one = openWithLock();
        HostConnection two = open()) {
      String dir = scratch(one);
      String leaves = "(until test -e stop; do echo noise; sleep 0.05; done; : >gone) &";
      try (Held held = one.hold(LONG)) {
        assertThat(result(held.act(limited(Command.shell(leaves).in(dir)))).succeeded()).isTrue();
        assertThat(result(held.act(write("b", dir))).succeeded()).as("among noise").isTrue();
      }
      try (Held next = two.hold(LONG)) {
        assertThat(next.refused()).isEmpty();
      }
      assertThat(result(ask(two, Command.shell("touch stop").in(dir))).succeeded()).isTrue();
      host.awaitThat(two, "test -e " + dir + "/gone");
      assertThat(log(two, dir)).isEqualTo("b\n");
      remove(two, dir);
    }
  }
}
