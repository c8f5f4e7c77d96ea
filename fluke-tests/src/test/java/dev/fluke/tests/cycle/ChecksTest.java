package dev.fluke.tests.cycle;

import static dev.fluke.agent.Selector.everyAgent;
import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.executor.BatchedCheck;
import dev.fluke.executor.CheckResult;
import dev.fluke.executor.Host;
import dev.fluke.executor.HostException;
import dev.fluke.manifest.Task;
import dev.fluke.report.CycleReport;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Doing;
import dev.fluke.tests.support.Pair;
import dev.fluke.transport.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How checks are asked, and what is made of their answers. */
@Tag("rule-10")
class ChecksTest {

  /** A check of commands. */
  private record Batch(
      Supplier<List<Command>> commands, Function<List<CommandResult>, CheckResult> reads)
      implements BatchedCheck {
    @Override
    public List<Command> checkCommands() {
      return commands.get();
    }

    @Override
    public CheckResult interpret(List<CommandResult> results) {
      return reads.apply(results);
    }

    @Override
    public void apply(Host host) {}

    Task task(String name) {
      return Task.named(name).on(everyAgent()).step("step", this).build();
    }
  }

  private static CheckResult allPassed(List<CommandResult> results) {
    return results.stream().allMatch(CommandResult::succeeded)
        ? CheckResult.inSync()
        : CheckResult.drifted("x", "0", "1");
  }

  @Test
  void aCheckThatCantNameItsCommandsIsUnknownAndTheOthersGetTheirOwnAnswers() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").healthy();
      web.pair("check b", "fix b").broken();
      List<Command> half = new ArrayList<>();
      half.add(Command.shell("half"));
      half.add(bad());
      Batch broken = new Batch(() -> half, ChecksTest::allPassed);

      CycleReport report = kit.cycle(Pair.task("a"), broken.task("broken"), Pair.task("b"));

      assertThat(report.task("broken").on("web-01"))
          .isUnknown()
          .hasReasonContaining("returned a list with null");
      assertThat(report.task("a").on("web-01")).isInSync();
      assertThat(report.task("b").on("web-01")).isRemediated();
      assertThat(web.batches().get(0)).containsExactly("check a", "check b");
    }
  }

  @SuppressWarnings("NullAway") // as careless executors do
  private static Command bad() {
    return null;
  }

  @Test
  void aCheckThatCantReadItsAnswersIsUnknown() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.agent("web-01", Map.of()).answer("one", 0);
      Batch broken =
          new Batch(
              () -> List.of(Command.shell("one")),
              results -> {
                throw new IllegalStateException("what is that?");
              });

      assertThat(kit.cycle(broken.task("broken")).task("broken").on("web-01"))
          .isUnknown()
          .hasReasonContaining("IllegalStateException: what is that?");
    }
  }

  @Test
  void aCheckOfSeveralCommandsReadsAllOfItsAnswersInOrder() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").healthy();
      web.answer("one", 0).answer("two", 3);
      List<Integer> read = new ArrayList<>();
      Batch two =
          new Batch(
              () -> List.of(Command.shell("one"), Command.shell("two")),
              results -> {
                results.forEach(result -> read.add(result.exitStatus()));
                return CheckResult.inSync();
              });

      assertThat(kit.cycle(Pair.task("a"), two.task("two")).succeeded()).isTrue();
      assertThat(read).containsExactly(0, 3);
    }
  }

  @Test
  void oneCommandWithoutAResultMakesTheCheckUnknownAndItsReasonIsTheFirst() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.answer("one", 0);
      web.answersNone("two", Answer.Reason.GARBLED, "first trouble");
      web.answersNone("three", Answer.Reason.GARBLED, "second trouble");
      Batch check =
          new Batch(
              () -> List.of("one", "two", "three").stream().map(Command::shell).toList(),
              ChecksTest::allPassed);

      assertThat(kit.cycle(check.task("t")).task("t").on("web-01"))
          .isUnknown()
          .hasReasonContaining("first trouble");
    }
  }

  @Tag("rule-13")
  @Test
  void whatIsFreshIsNotAskedAgainAlsoOnAHostWhereThingsWereAppliedBefore() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      var state = web.pair("check a", "fix a").broken();
      kit.cycle(Pair.task("a"));
      state.broken();
      int before = web.asked().size();

      kit.cycle();

      assertThat(web.asked().size() - before)
          .isEqualTo(4); // found, under the lock, verified, final check
    }
  }

  @Tag("rule-13")
  @Test
  void anAnswerOfHalfAMinuteAgoIsAskedForAgain() {
    for (int seconds : new int[] {29, 30}) {
      try (FlukeKit kit = FlukeKit.create()) {
        FakeHost web = kit.agent("web-01", Map.of());
        web.pair("check a", "fix a").healthy();
        Doing slow =
            Doing.check(
                host -> {
                  host.pause(Duration.ofSeconds(seconds));
                  return CheckResult.inSync();
                });

        kit.cycle(Pair.task("a"), slow.task("slow"));

        assertThat(web).asked("check a").times(seconds == 30 ? 2 : 1);
      }
    }
  }

  @Tag("rule-20")
  @Test
  void anExecutorKnowsItsAgentAndTheTimeAndMayNotKeepItsHost() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.agent("web-01", Map.of("role", "web")).answer("one", 0);
      List<Object> seen = new ArrayList<>();
      List<Host> kept = new ArrayList<>();
      Doing curious =
          Doing.check(
                  host -> {
                    seen.addAll(List.of(host.agent(), host.labels(), host.time()));
                    kept.add(host);
                    return kept.size() < 3
                        ? CheckResult.drifted("x", "1", "0")
                        : CheckResult.inSync();
                  })
              .apply(kept::add);
      Instant now = kit.time().now();

      assertThat(kit.cycle(curious.task("t")).task("t").on("web-01")).isRemediated();

      assertThat(seen).startsWith("web-01", Map.of("role", "web"), now);
      assertThat(kept).hasSizeGreaterThan(2);
      for (Host host : kept) {
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> host.run(Command.shell("one")))
            .isInstanceOf(IllegalStateException.class)
            .hasMessage(
                "the check or apply that received this host has returned; use a host only during its call");
      }
    }
  }

  @Tag("rule-19")
  @Test
  void aCheckOfTheUsersOwnOnAHostThatIsDownIsUnreachableWhateverItSays() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.unreachable("down");
      Doing careless =
          Doing.check(
              host -> {
                try {
                  host.run(Command.shell("check a"));
                } catch (HostException e) {
                  return CheckResult.drifted("x", "1", "0");
                }
                return CheckResult.inSync();
              });
      assertThat(kit.cycle(careless.task("t")).task("t").on("web-01"))
          .isUnreachable()
          .hasReasonContaining("down");
      web.reachable();
      web.answersNone("check a", Answer.Reason.GARBLED, "noise");
      kit.runFor(Duration.ofMinutes(1));

      assertThat(kit.cycle().task("t").on("web-01")).isUnknown().hasReasonContaining("noise");
    }
  }
}
