package dev.fluke.reconcile.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.command.Mask;
import dev.fluke.transport.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A cycle's way to its agent's host. */
class HostAccessTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Command CHECK = Command.shell("check").timeout(LIMIT);
  private static final Command FIX = Command.shell("fix").timeout(LIMIT);

  private final Bench bench = new Bench();
  private final HostAccess access = bench.access;

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void refusesChecksAndCommandsWithoutTheRightToThem() {
    bench.permission.noCheck = "the reconciler was closed";
    bench.permission.notOn = "the agent was removed";

    assertThat(access.ask(List.of(CHECK, CHECK)))
        .containsOnly(Answer.none(Answer.Reason.NOT_BEGUN, "the reconciler was closed"))
        .hasSize(2);
    assertThat(access.act(FIX))
        .isEqualTo(Answer.none(Answer.Reason.NOT_BEGUN, "the agent was removed"));
    assertThat(bench.web.asked()).isEmpty();
    assertThat(bench.web.acted()).isEmpty();
  }

  @Test
  void refusesACommandUnderTheLockWithoutTheRightToIt() {
    bench.web.answer("fix", 0);
    assertThat(access.takeLock(LIMIT)).isEmpty();
    bench.permission.notOn = "the agent was removed";

    assertThat(access.act(FIX))
        .isEqualTo(Answer.none(Answer.Reason.NOT_BEGUN, "the agent was removed"));
    access.releaseLock();
    assertThat(bench.web.acted()).isEmpty();
  }

  @Test
  void letsAStepThatBeganBeVerifiedWhenNoCheckMayBegin() {
    bench.web.answer("check", 0);
    bench.permission.noCheck = "the reconciler was closed";
    access.beginStep();

    assertThat(access.ask(List.of(CHECK))).first().isInstanceOf(Answer.Finished.class);

    access.endStep();
    assertThat(access.ask(List.of(CHECK))).first().isInstanceOf(Answer.None.class);
  }

  @Test
  void refusesFurtherCommandsOnceAnEndWasLost() {
    bench.web.answer("fix", 0).losesConnectionAt("fix");
    assertThat(access.act(FIX))
        .extracting(answer -> ((Answer.None) answer).reason())
        .isEqualTo(Answer.Reason.END_NOT_KNOWN);

    assertThat(access.act(FIX))
        .isEqualTo(
            Answer.none(Answer.Reason.NOT_BEGUN, "the end of an earlier command is not known"));
    assertThat(bench.web.acted()).hasSize(1);
    assertThat(access.isCut()).isTrue();
  }

  @Test
  void unwindsACallDuringWhichItsCycleWasAbandoned() {
    assertThatThrownBy(() -> access.call("a call", LIMIT, () -> bench.permission.abandoned = true))
        .isInstanceOf(HostAccess.AbandonedException.class);
    assertThatThrownBy(() -> access.call("a call", LIMIT, () -> "never"))
        .isInstanceOf(HostAccess.AbandonedException.class);
  }

  @Test
  void givesEveryCommandAnAnswerWhenTheHostIsUnreachable() {
    bench.web.unreachable("no route");
    Answer noRoute = Answer.none(Answer.Reason.CONNECTION_LOST, "no route");

    assertThat(access.ask(List.of(CHECK, CHECK))).containsExactly(noRoute, noRoute);
    assertThat(access.act(FIX)).isEqualTo(noRoute);
    assertThat(access.isCut()).isTrue();
  }

  @Test
  void isCutUntilSomethingIsAnsweredAgain() {
    bench.web.answer("check", 0).losesConnectionBefore("check");
    access.ask(List.of(CHECK));
    assertThat(access.isCut()).isTrue();

    access.ask(List.of(CHECK));

    assertThat(access.isCut()).isFalse();
    assertThat(bench.web.connectionsOpened()).isEqualTo(2);
  }

  @Test
  void countsAnApplyHoweverItEnds() throws Exception {
    List<Boolean> applying = new ArrayList<>();
    ExecutorHost host = access.hostForApply(LIMIT, new Mask());

    access.apply("the apply", LIMIT, host, used -> applying.add(true));
    assertThatThrownBy(
            () ->
                access.apply(
                    "the apply",
                    LIMIT,
                    host,
                    used -> {
                      throw new IllegalStateException("broken");
                    }))
        .hasMessage("broken");

    assertThat(applying).containsExactly(true);
    assertThat(access.applies()).isEqualTo(2);
    assertThat(bench.access(new SetPermission()).applies()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(Answer.Reason.class)
  void callsAnAnswerLostWhenItWentWithTheConnection(Answer.Reason reason) {
    assertThat(HostAccess.isLost(Answer.none(reason, "why")))
        .isEqualTo(
            reason == Answer.Reason.CONNECTION_LOST || reason == Answer.Reason.END_NOT_KNOWN);
    assertThat(HostAccess.isLost(Answer.finished(CommandResult.exited(1)))).isFalse();
  }

  @Test
  void connectsWithoutThrowing() {
    bench.web.unreachable("no route");
    access.connect();
    assertThat(bench.connection.unreachableBecause()).isEqualTo("no route");
    assertThat(bench.connection.isOpen()).isFalse();
  }
}
