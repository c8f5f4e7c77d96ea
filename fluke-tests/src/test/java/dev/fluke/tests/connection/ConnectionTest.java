package dev.fluke.tests.connection;

import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.executor.CheckResult;
import dev.fluke.report.Plan;
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Doing;
import dev.fluke.tests.support.Later;
import dev.fluke.tests.support.Pair;
import dev.fluke.transport.Answer;
import dev.fluke.transport.HostConnection;
import dev.fluke.transport.Target;
import dev.fluke.transport.Transport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The one connection to a host: when it is opened, kept, renewed and closed. */
@Tag("rule-21")
class ConnectionTest {

  /** A host that all checks pass on, and that is opened as the test says. */
  private record Slow(String address, Opening opening, List<String> closed) implements Transport {
    interface Opening {
      void open() throws Exception;
    }

    @Override
    public HostConnection open(Target target) throws Exception {
      opening.open();
      return new HostConnection() {
        private boolean open = true;

        @Override
        public List<Answer> ask(List<Command> commands) {
          return commands.stream().map(c -> Answer.finished(CommandResult.exited(0))).toList();
        }

        @Override
        public Answer act(Command command) {
          return Answer.finished(CommandResult.exited(0));
        }

        @Override
        public boolean isOpen() {
          return open;
        }

        @Override
        public List<String> remarks() {
          return List.of("it has no lock");
        }

        @Override
        public void close() {
          open = false;
          closed.add(address);
        }
      };
    }
  }

  private static final Doing ASKS =
      Doing.check(
          host ->
              host.run(Command.shell("check a")).succeeded()
                  ? CheckResult.inSync()
                  : CheckResult.drifted("a", "0", "1"));

  /** Or it would be closed because nobody uses it. */
  private static void everyFiveMinutes(FlukeKit kit, int times) {
    for (int i = 0; i < times; i++) {
      kit.runFor(Duration.ofMinutes(5));
      kit.cycle();
    }
  }

  @Test
  void itIsRenewedWhenItIsMoreThanAnHourOld() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").healthy();
      kit.cycle(Pair.task("a"));
      everyFiveMinutes(kit, 12);
      assertThat(web.connectionsOpened()).isEqualTo(1);
      kit.runFor(Duration.ofNanos(1));

      kit.cycle();
      everyFiveMinutes(kit, 11);

      assertThat(web.connectionsOpened()).isEqualTo(2);
      assertThat(web.openConnections()).isEqualTo(1);
    }
  }

  @Test
  void whatIsWorthKnowingAboutTheHostIsInTheStatus() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.agent(Agent.named("web-01", new Slow("h", () -> {}, new ArrayList<>())));
      assertThat(kit.reconciler().status().agent("web-01").remarks()).isEmpty();

      kit.cycle(Pair.task("a"));

      assertThat(kit.reconciler().status().agent("web-01").remarks())
          .containsExactly("it has no lock", "two processes may both apply here");
    }
  }

  @Tag("rule-24")
  @Test
  void aPlanSaysWhichAgentsDidNotAnswer() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.agent("gone", Map.of()).unreachable("no route");
      kit.agent("here", Map.of()).pair("check a", "fix a").checkAnswers(75);
      kit.manifest(Pair.task("a"));

      Plan plan = kit.reconciler().plan(Scope.all());

      Plan.PlannedStep gone = plan.task("a", "gone").steps().get(0);
      assertThat(gone.verdict()).isEqualTo(Plan.Verdict.UNREACHABLE);
      assertThat(gone).asString().contains("unreachable: ", "no route");
      assertThat(plan.task("a", "here").steps().get(0).verdict()).isEqualTo(Plan.Verdict.UNKNOWN);
    }
  }

  @Test
  void whateverATransportThrowsMeansUnreachable() {
    try (FlukeKit kit = FlukeKit.create()) {
      Slow broken =
          new Slow(
              "h",
              () -> {
                throw new java.io.EOFException();
              },
              new ArrayList<>());
      kit.agent(Agent.named("web-01", broken));

      assertThat(kit.cycle(Pair.task("a")).task("a").on("web-01"))
          .isUnreachable()
          .hasReasonContaining("java.io.EOFException");
      assertThat(kit.reconciler().status().agent("web-01").nextTry())
          .contains(kit.time().now().plusSeconds(5));
    }
  }

  private static int mostAtOnce(int limit) {
    int[] connecting = {0, 0};
    try (FlukeKit kit = FlukeKit.create()) {
      kit.configure(builder -> builder.connectingAtOnce(limit));
      for (int i = 0; i < 6; i++) {
        Slow host =
            new Slow(
                "h" + i,
                () -> {
                  connecting[0]++;
                  connecting[1] = Math.max(connecting[1], connecting[0]);
                  kit.time().sleep(Duration.ofSeconds(5));
                  connecting[0]--;
                },
                new ArrayList<>());
        kit.agent(Agent.named("web-" + i, host));
      }
      assertThat(kit.cycle(Pair.task("a")).succeeded()).isTrue();
    }
    return connecting[1];
  }

  @Test
  void noMoreThanAsManyAsMayAreConnectedToAtOnce() {
    assertThat(mostAtOnce(2)).isEqualTo(2);
    assertThat(mostAtOnce(6)).isEqualTo(6);
  }

  @Tag("rule-8")
  @Test
  void hostsThatAreConnectedDontWaitForOnesThatAreNot() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.configure(builder -> builder.connectingAtOnce(1));
      kit.agent("a-hole", Map.of()).blackHole();
      FakeHost web = kit.agent("web-01", Map.of());
      kit.agent(Agent.named("y-none"));
      List<Instant> moments = new ArrayList<>();
      web.answer(
          "check a",
          asked -> {
            moments.add(kit.time().now());
            return CommandResult.exited(0);
          });
      Instant before = kit.time().now();
      kit.cycle(Pair.task("a"));
      assertThat(moments).containsExactly(before.plusSeconds(25)); // waited for the hole
      kit.runFor(Duration.ofMinutes(1));
      moments.clear();
      before = kit.time().now();

      var cycle = kit.reconciler().submit(ManualRun.of(Scope.all()));
      kit.runFor(Duration.ofMinutes(2));

      assertThat(moments).containsExactly(before);
      assertThat(cycle.join().task("a").on("a-hole")).isUnreachable();
    }
  }

  @Tag("rule-8")
  @Test
  void anExecutorThatAskedTheHostBeforeIsConnectedForFirst() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.configure(builder -> builder.connectingAtOnce(1));
      int[] connecting = {0, 0};
      for (int i = 0; i < 4; i++) {
        FakeHost host = FakeHost.named("h" + i);
        host.answer("check a", 0);
        Transport counting =
            new Transport() {
              @Override
              public HostConnection open(Target target) throws Exception {
                connecting[0]++;
                connecting[1] = Math.max(connecting[1], connecting[0]);
                kit.time().sleep(Duration.ofSeconds(5));
                connecting[0]--;
                return host.open(target);
              }

              @Override
              public String address() {
                return host.address();
              }
            };
        kit.agent(Agent.named("web-" + i, counting));
        host.losesConnectionAt("last");
        host.answer("last", 0);
      }
      kit.cycle(ASKS.task("a"));
      assertThat(connecting[1]).isEqualTo(4); // who knows whether it needs a host
      Doing loses =
          Doing.check(
              host -> {
                host.run(Command.shell("last"));
                return CheckResult.inSync();
              });
      kit.cycle(loses.task("a"));
      connecting[1] = 0;

      assertThat(kit.cycle(ASKS.task("a")).succeeded()).isTrue();

      assertThat(connecting[1]).isEqualTo(1);
    }
  }

  @Tag("L03")
  @Test
  void aConnectionThatComesTooLateForItsAgentIsClosed() {
    try (FlukeKit kit = FlukeKit.create()) {
      CompletableFuture<Void> letGo = new CompletableFuture<>();
      List<String> closed = new ArrayList<>();
      Slow slow = new Slow("h", () -> Later.awaitStubbornly(kit, letGo), closed);
      kit.agent(Agent.named("web-01", slow));
      kit.manifest(Pair.task("a"));
      var run = kit.reconciler().submit(ManualRun.of(Scope.all()));
      kit.runFor(Duration.ofSeconds(1));
      kit.agent(Agent.named("web-01", slow).path("/opt/bin"));

      letGo.complete(null);
      kit.runFor(Duration.ofSeconds(1));

      assertThat(closed).containsExactly("h");
      assertThat(run.join().task("a").on("web-01")).isSkipped();
      assertThat(kit.cycle().succeeded()).isTrue();
      kit.reconciler().remove("web-01");
      kit.runFor(Duration.ofSeconds(1));
      assertThat(closed).containsExactly("h", "h");
    }
  }
}
