package dev.fluke.reconcile;

import static dev.fluke.agent.Selector.everyAgent;
import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.executor.BatchedCheck;
import dev.fluke.executor.CheckResult;
import dev.fluke.executor.Executor;
import dev.fluke.executor.Host;
import dev.fluke.manifest.Task;
import dev.fluke.report.TaskReport;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.transport.Answer.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How executors are called, and what is made of what they do. */
class ExecutorCallsTest {
  private final FlukeKit kit = FlukeKit.create();
  private final FakeHost web = kit.agent("web-01", Map.of("role", "web"));
  private final List<Object> seen = new ArrayList<>();

  @AfterEach
  void close() {
    kit.close();
  }

  private TaskReport cycle(Executor executor) {
    Task task = Task.named("t").on(everyAgent()).step("s", executor).build();
    return kit.cycle(task).task("t").on("web-01");
  }

  /** A batched check made of functions. */
  private record Batched(
      Callable<List<Command>> commands, Callable<CheckResult> result, Duration settles)
      implements BatchedCheck {
    @Override
    public List<Command> checkCommands() {
      return called(commands);
    }

    @Override
    public CheckResult interpret(List<CommandResult> results) {
      return called(result);
    }

    private static <T> T called(Callable<T> callable) {
      try {
        return callable.call();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void apply(Host host) {
      host.run(Command.shell("fix"));
    }

    @Override
    public Duration settleTime() {
      return settles;
    }
  }

  private static Batched batched(Callable<List<Command>> commands, Callable<CheckResult> result) {
    return new Batched(commands, result, Duration.ZERO);
  }

  @Tag("rule-20")
  @Test
  void aCheckThatCantNameItsCommandsOrReadTheirResultsIsUnknownAlone() {
    web.pair("check a", "fix a").broken();
    web.answer("x", 0);
    List<Command> x = List.of(Command.shell("x"));
    Task throwsEarly =
        Task.named("early")
            .on(everyAgent())
            .step(
                "s",
                batched(
                    () -> {
                      throw new IllegalStateException("no commands today");
                    },
                    CheckResult::inSync))
            .build();
    Task throwsLate =
        Task.named("late")
            .on(everyAgent())
            .step(
                "s",
                batched(
                    () -> x,
                    () -> {
                      throw new IllegalStateException("can't read");
                    }))
            .build();
    Task nothing =
        Task.named("nothing").on(everyAgent()).step("s", batched(() -> x, () -> null)).build();

    var report = kit.cycle(throwsEarly, throwsLate, nothing, Pair.task("a"));

    assertThat(report.task("early").on("web-01"))
        .isUnknown()
        .hasReasonContaining("no commands today");
    assertThat(report.task("late").on("web-01")).isUnknown().hasReasonContaining("can't read");
    assertThat(report.task("nothing").on("web-01")).isUnknown().hasReasonContaining("null");
    assertThat(report.task("a").on("web-01")).isRemediated();
  }

  @Test
  void aCheckWithoutCommandsIsInterpretedAllTheSame() {
    assertThat(cycle(batched(List::of, CheckResult::inSync))).isInSync();
  }

  @Tag("rule-17")
  @Test
  void anApplyThatNeedsTimeToSettleIsLookedAtAgainAfterIt() {
    web.answer("fix", 0).answer("x", 0);
    List<Command> x = List.of(Command.shell("x"));
    Callable<CheckResult> settled =
        () -> {
          seen.add(kit.time().nanoTime() / 1_000_000_000);
          return seen.size() < 3 ? CheckResult.drifted("x", "on", "off") : CheckResult.inSync();
        };

    assertThat(cycle(new Batched(() -> x, settled, Duration.ofSeconds(7)))).isRemediated();
    assertThat(seen.subList(0, 3)).containsExactly(0L, 0L, 7L);
  }

  /** An executor that looks at its host. */
  private record Looking(Callable<CheckResult> check, java.util.function.Consumer<Host> with)
      implements Executor {
    @Override
    public CheckResult check(Host host) throws Exception {
      with.accept(host);
      return check.call();
    }

    @Override
    public void apply(Host host) {
      with.accept(host);
    }
  }

  @Test
  void aHostSaysWhoItIsAndWhatTimeItIs() {
    cycle(
        new Looking(
            CheckResult::inSync,
            host -> {
              seen.add(host.agent());
              seen.add(host.labels());
              seen.add(host.time());
            }));

    assertThat(seen).containsExactly("web-01", Map.of("role", "web"), kit.time().now());
  }

  @Test
  void aHostThatIsKeptCantBeUsedLater() {
    List<Host> kept = new ArrayList<>();
    assertThat(
            cycle(
                new Looking(
                    () ->
                        kept.size() < 3 ? CheckResult.drifted("x", "a", "b") : CheckResult.inSync(),
                    kept::add)))
        .isRemediated();

    assertThat(kept)
        .hasSizeGreaterThanOrEqualTo(3)
        .allSatisfy(
            host ->
                org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> host.run(Command.shell("x")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("has returned"));
  }

  @Tag("rule-20")
  @Test
  void aLostCommandDecidesEvenIfTheExecutorSwallowsIt() {
    web.answersNone("x", Reason.GARBLED, "stray bytes");
    TaskReport report =
        cycle(
            new Looking(
                CheckResult::inSync,
                host -> {
                  try {
                    host.run(Command.shell("x"));
                  } catch (RuntimeException e) {
                    seen.add(e);
                  }
                }));

    assertThat(report).isUnknown().hasReasonContaining("stray bytes");
    assertThat(seen).hasSize(1);
  }

  @Tag("rule-17")
  @Test
  void whatCantBeToldAfterAnApplyIsUnknown() {
    web.answer("fix", 0).answer("x", 0);
    List<Command> x = List.of(Command.shell("x"));
    List<CheckResult> results =
        new ArrayList<>(
            List.of(CheckResult.drifted("x", "on", "off"), CheckResult.unknown("no idea")));

    assertThat(
            cycle(batched(() -> x, () -> results.size() > 1 ? results.remove(0) : results.get(0))))
        .isUnknown()
        .hasReasonContaining("after its apply: ")
        .hasReasonContaining("no idea");
  }
}
