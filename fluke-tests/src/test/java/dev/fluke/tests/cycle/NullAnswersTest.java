package dev.fluke.tests.cycle;

import static dev.fluke.agent.Selector.everyAgent;
import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.CALLS_REAL_METHODS;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.spy;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import dev.fluke.command.Command;
import dev.fluke.command.Secret;
import dev.fluke.executor.BatchedCheck;
import dev.fluke.executor.CheckResult;
import dev.fluke.executor.CommandCheck;
import dev.fluke.executor.Executor;
import dev.fluke.manifest.Task;
import dev.fluke.report.CycleReport;
import dev.fluke.report.Outcome;
import dev.fluke.report.TaskReport;
import dev.fluke.request.Scope;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FakeState;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Pair;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Executors that return null, as mocks do: each costs its own task, and is named. */
@Tag("X09")
@Tag("rule-20")
class NullAnswersTest {
  private static final CheckResult DRIFTED = CheckResult.drifted("x", "a", "b");

  private static final String DECLARED = "declaration() of step 'step' failed: ";

  /** Real methods where there are some, and a declaration. */
  private static <T extends Executor> T partial(Class<T> type) {
    T partial = mock(type, withSettings().defaultAnswer(CALLS_REAL_METHODS));
    doReturn("declared").when(partial).declaration();
    return partial;
  }

  private static Executor checkGives(CheckResult result) throws Exception {
    Executor executor = mock(Executor.class);
    when(executor.declaration()).thenReturn("declared");
    when(executor.settleTime()).thenReturn(Duration.ZERO);
    when(executor.check(any())).thenReturn(result);
    return executor;
  }

  private static Executor settles(Duration time) throws Exception {
    Executor executor = checkGives(DRIFTED);
    when(executor.settleTime()).thenReturn(time);
    return executor;
  }

  private static Executor batched(List<Command> commands, CheckResult result) throws Exception {
    BatchedCheck executor = mock(BatchedCheck.class);
    when(executor.declaration()).thenReturn("declared");
    when(executor.checkCommands()).thenReturn(commands);
    when(executor.interpret(any())).thenReturn(result);
    return executor;
  }

  private static Executor oneCommand(Command command) {
    CommandCheck executor = partial(CommandCheck.class);
    doReturn(command).when(executor).checkCommand();
    return executor;
  }

  private static Executor withNamedSecret() throws Exception {
    Executor executor = checkGives(DRIFTED);
    when(executor.declaration()).thenReturn(Secret.named("db"));
    return executor;
  }

  static Stream<Arguments> answers() throws Exception {
    List<Command> one = List.of(Command.of("check", "good"));
    CheckResult.Drifted hollow = mock(CheckResult.Drifted.class);
    CheckResult.Unknown silent = mock(CheckResult.Unknown.class);
    return Stream.of(
        Arguments.of("mock", mock(Executor.class), Outcome.UNKNOWN, DECLARED),
        Arguments.of("batched", mock(BatchedCheck.class), Outcome.UNKNOWN, DECLARED),
        Arguments.of("check", checkGives(null), Outcome.UNKNOWN, "check(..) of "),
        Arguments.of("hollow", checkGives(hollow), Outcome.UNKNOWN, "check(..) of "),
        Arguments.of("silent", checkGives(silent), Outcome.UNKNOWN, "check(..) of "),
        Arguments.of("commands", batched(null, DRIFTED), Outcome.UNKNOWN, "checkCommands() of "),
        Arguments.of(
            "null command",
            batched(Arrays.asList(one.get(0), null), DRIFTED),
            Outcome.UNKNOWN,
            "checkCommands() of "),
        Arguments.of(
            "mocked command",
            batched(List.of(mock(Command.class)), DRIFTED),
            Outcome.UNKNOWN,
            "checkCommands() of "),
        Arguments.of("no command", oneCommand(null), Outcome.UNKNOWN, "checkCommand() of "),
        Arguments.of("interpret", batched(one, null), Outcome.UNKNOWN, "interpret(..) of "),
        Arguments.of("hollow meaning", batched(one, hollow), Outcome.UNKNOWN, "interpret(..) of "),
        Arguments.of("secrets", withNamedSecret(), Outcome.UNKNOWN, "withSecrets(..) of "),
        Arguments.of("settle time", settles(null), Outcome.FAILED, "settleTime() of "));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answers")
  void costOneTaskAndNameClassAndMethod(String name, Executor bad, Outcome outcome, String says)
      throws Exception {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      FakeState good = web.pair("check good", "fix good").broken();
      kit.secret("db", "secret-of-db");
      kit.manifest(Task.named("bad").on(everyAgent()).step("step", bad).build(), Pair.task("good"));

      CycleReport first = kit.cycle();
      assertThat(first.task("good").on("web-01")).isRemediated();
      TaskReport report = first.task("bad").on("web-01");
      assertThat(report.outcome()).isEqualTo(outcome);
      assertThat(report.reason()).contains(says + bad.getClass().getName());
      kit.start().runFor(Duration.ofMinutes(10));
      good.broken();
      kit.runFor(Duration.ofMinutes(10));

      assertThat(kit.reconciler().status().agent("web-01").task("bad").outcome())
          .isIn(outcome, Outcome.DRIFTED); // while it is held back
      assertThat(kit.alerts()).hasSize(1);
      assertThat(kit.reconciler().status().toJson()).contains("\"bad\"", "\"good\"");
      assertThat(kit.reconciler().plan(Scope.all()).tasks()).hasSize(2);
      assertThat(kit.cycle().task("good").on("web-01")).isInSync();
    }
  }

  @Test
  void applySpiesAsTheRealOne() {
    Pair spied = spy(Pair.of("a"));
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").broken();
      kit.manifest(Task.named("t").on(everyAgent()).step("step", spied).build());

      assertThat(kit.cycle().task("t").on("web-01")).isRemediated();
      assertThat(kit.cycle().task("t").on("web-01")).isInSync();
      assertThat(kit.reconciler().status().warnings()).isEmpty();
      verify(spied).apply(any());
    }
  }

  @Test
  void showWarningsThatAreNull() throws Exception {
    Executor none = checkGives(CheckResult.inSync());
    when(none.warnings()).thenReturn(null);
    Executor hole = checkGives(CheckResult.inSync());
    when(hole.warnings()).thenReturn(Collections.singletonList(null));
    try (FlukeKit kit = FlukeKit.create()) {
      kit.agent("web-01", Map.of());
      kit.manifest(Task.named("t").on(everyAgent()).step("none", none).step("hole", hole).build());

      assertThat(kit.cycle().task("t").on("web-01")).isInSync();
      assertThat(kit.reconciler().status().warnings())
          .satisfiesExactly(
              first ->
                  assertThat(first)
                      .isEqualTo(
                          "task 't': step 'none': warnings() of %s returned null"
                              .formatted(none.getClass().getName())),
              second ->
                  assertThat(second)
                      .isEqualTo(
                          "task 't': step 'hole': warnings() of %s has a null in its list"
                              .formatted(hole.getClass().getName())));
    }
  }
}
