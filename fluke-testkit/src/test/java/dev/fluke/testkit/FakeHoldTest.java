package dev.fluke.testkit;

import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Command;
import dev.fluke.time.Scheduler;
import dev.fluke.transport.Answer;
import dev.fluke.transport.Answer.Reason;
import dev.fluke.transport.Held;
import dev.fluke.transport.HostConnection;
import dev.fluke.transport.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The lock of a fake host, which its connections share. */
class FakeHoldTest {
  private static final Duration WAIT = Duration.ofSeconds(90);

  private final VirtualTime time = VirtualTime.seeded(1);
  private final FakeHost web = FakeHost.named("web-01");
  private HostConnection one;
  private HostConnection two;

  @BeforeEach
  void open() throws Exception {
    web.pair("check", "fix").broken();
    one = web.open(Target.of("web-01", time));
    two = web.open(Target.of("web-01", time));
  }

  @AfterEach
  void close() {
    one.close();
    two.close();
    time.close();
  }

  private static Command command(String text) {
    return Command.shell(text).timeout(Duration.ofSeconds(60));
  }

  private static String act(Held held, String text) {
    return told(held.act(command(text)));
  }

  private static String told(Answer answer) {
    return answer.fold(
        result -> "exit " + result.exitStatus(), none -> none.reason() + ": " + none.why());
  }

  private static Reason refusal(Held held) {
    return held.refused().orElseThrow().reason();
  }

  private long seconds() {
    return Duration.ofNanos(time.nanoTime()).toSeconds();
  }

  @Test
  void refusesASecondHolderAfterTenSecondsUntilTheFirstIsClosed() {
    Held held = one.hold(WAIT);
    assertThat(held.refused()).isEmpty();
    assertThat(seconds()).isZero();

    Held refused = two.hold(WAIT);
    assertThat(refusal(refused)).isEqualTo(Reason.LOCKED);
    assertThat(seconds()).isEqualTo(10);
    assertThat(act(refused, "fix")).startsWith("LOCKED: ");
    assertThat(told(two.act(command("fix")))).startsWith("LOCKED: ");
    assertThat(told(two.ask(List.of(command("check"))).get(0))).isEqualTo("exit 1");
    assertThat(web).ran("fix").never();

    held.close();
    assertThat(two.hold(WAIT).refused()).isEmpty();
  }

  @Test
  void runsSeveralCommandsAndTakesTheLockAsSoonAsItIsFree() {
    web.takes("fix", Duration.ofSeconds(3));
    List<String> told = new ArrayList<>();
    time.start(
        "one",
        () -> {
          try (Held held = one.hold(WAIT)) {
            told.add(act(held, "fix"));
            told.add(act(held, "fix"));
          }
        });
    time.start("two", () -> told.add("two " + told(two.act(command("fix"))) + " at " + seconds()));

    time.runFor(Duration.ofMinutes(1));

    assertThat(told).containsExactly("exit 0", "exit 0", "two exit 0 at 9");
    assertThat(web).ran("fix").times(3);
    assertThat(web.busiest()).isEqualTo(1);
  }

  @Test
  void givesTheLockBackWhenNoCommandComes() {
    Held held = one.hold(Duration.ofSeconds(5));
    assertThat(two.hold(WAIT).refused()).isEmpty();
    assertThat(seconds()).isEqualTo(5);
    assertThat(act(held, "fix"))
        .isEqualTo("NOT_BEGUN: not begun: the host gave its lock back after 5 s without a command");
    assertThat(web).ran("fix").never();
  }

  @Test
  void keepsTheLockForTheNextCommandAsLongAsTheLastOneMayTake() {
    Held held = one.hold(Duration.ofSeconds(5));
    assertThat(act(held, "fix")).isEqualTo("exit 0");
    time.runFor(Duration.ofSeconds(59));
    assertThat(act(held, "check")).isEqualTo("exit 0");
    time.runFor(Duration.ofSeconds(61));
    assertThat(act(held, "check")).startsWith("NOT_BEGUN");
  }

  @Test
  void givesTheLockBackWhenTheConnectionIsLostOrClosed() {
    web.losesConnectionBefore("fix");
    assertThat(act(one.hold(WAIT), "fix")).startsWith("CONNECTION_LOST");
    assertThat(refusal(one.hold(WAIT))).isEqualTo(Reason.CONNECTION_LOST);

    Held held = two.hold(WAIT);
    assertThat(held.refused()).as("lost").isEmpty();
    two.close();
    assertThat(act(held, "fix")).startsWith("CONNECTION_LOST");
    assertThat(web).ran("fix").never();
  }

  @Test
  void keepsApplyingAfterACutAndHoldsTheLockMeanwhile() {
    web.losesConnectionAt("fix").keepsApplyingAfterCut(Duration.ofSeconds(30));
    assertThat(act(one.hold(WAIT), "fix"))
        .isEqualTo("END_NOT_KNOWN: the connection was lost; it had not ended");
    assertThat(web).ran("fix").once();

    assertThat(refusal(two.hold(WAIT))).isEqualTo(Reason.LOCKED);
    assertThat(told(two.ask(List.of(command("check"))).get(0))).as("not yet").isEqualTo("exit 1");
    time.runFor(Duration.ofSeconds(20));
    assertThat(told(two.ask(List.of(command("check"))).get(0))).isEqualTo("exit 0");
    assertThat(two.hold(WAIT).refused()).isEmpty();
  }

  @Test
  void endsTheWaitForTheLockOnAnInterrupt() {
    Held held = one.hold(WAIT);
    List<String> told = new ArrayList<>();
    Scheduler.Work work =
        time.start(
            "two",
            () -> {
              Held refused = two.hold(WAIT);
              told.add(refusal(refused) + " " + Thread.currentThread().isInterrupted());
            });
    time.after(Duration.ofSeconds(3), work::interrupt);
    time.runFor(Duration.ofSeconds(4));

    assertThat(told).containsExactly("NOT_BEGUN true");
    held.close();
    assertThat(two.hold(WAIT).refused()).isEmpty();
  }

  @Test
  void holdsNothingOnAHostWithoutALock() {
    assertThat(one.holdsLock()).isTrue();
    assertThat(one.remarks()).isEmpty();
    web.hasNoLock();

    assertThat(one.holdsLock()).isFalse();
    assertThat(one.remarks()).containsExactly("two processes may both apply here");
    assertThat(act(one.hold(WAIT), "fix")).isEqualTo("exit 0");
    assertThat(act(two.hold(WAIT), "fix")).isEqualTo("exit 0");
  }

  @Test
  void isSharedByReconcilersWithTimesOfTheirOwn() throws Exception {
    try (VirtualTime other = VirtualTime.seeded(2);
        HostConnection foreign = web.open(Target.of("web-01", other))) {
      Held held = one.hold(WAIT);
      assertThat(refusal(foreign.hold(WAIT))).isEqualTo(Reason.LOCKED);
      assertThat(seconds()).as("the time of the holder").isZero();
      held.close();
      assertThat(foreign.hold(WAIT).refused()).isEmpty();
    }
  }
}
