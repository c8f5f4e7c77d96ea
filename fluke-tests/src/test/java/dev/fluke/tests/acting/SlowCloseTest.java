package dev.fluke.tests.acting;

import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.report.FleetStatus;
import dev.fluke.report.Outcome;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Later;
import dev.fluke.tests.support.Pair;
import dev.fluke.time.Scheduler;
import dev.fluke.transport.Answer;
import dev.fluke.transport.HostConnection;
import dev.fluke.transport.Target;
import dev.fluke.transport.Transport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A connection that does not close hinders nobody. */
class SlowCloseTest {
  private final CompletableFuture<Void> letGo = new CompletableFuture<>();
  private int asked;
  private int status;

  /** A host that is reached at once, and whose connections never close. */
  private record Sticky(String address, SlowCloseTest test) implements Transport {
    @Override
    public HostConnection open(Target target) {
      return new Connection(test, target.scheduler());
    }
  }

  private record Connection(SlowCloseTest test, Scheduler time) implements HostConnection {
    @Override
    public List<Answer> ask(List<Command> commands) {
      test.asked++;
      return commands.stream()
          .map(command -> Answer.finished(CommandResult.exited(test.status)))
          .toList();
    }

    @Override
    public Answer act(Command command) {
      return Answer.finished(CommandResult.exited(0));
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {
      while (!test.letGo.isDone()) {
        try {
          time.await(test.letGo, Duration.ofDays(1));
        } catch (InterruptedException ignored) {
          // as a close that hangs in the system
        }
      }
    }
  }

  @Test
  void goesOnCheckingWhenAFreshConnectionIsNeeded() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.agent(Agent.named("a", new Sticky("a", this)));
      kit.manifest(Pair.task("t")).start().runFor(Duration.ofMinutes(3));
      status = 1; // not convergent: verified once more on a fresh connection
      kit.runFor(Duration.ofMinutes(3));
      int before = asked;

      kit.runFor(Duration.ofMinutes(5));

      assertThat(asked).isGreaterThanOrEqualTo(before + 4);
      FleetStatus.AgentStatus agent = kit.reconciler().status().agent("a");
      assertThat(agent.state()).isEqualTo(FleetStatus.AgentState.REACHABLE);
      letGo.complete(null);
    }
  }

  @Test
  void keepsNeitherRemoveNorPutNorCloseWaiting() {
    FlukeKit kit = FlukeKit.create();
    for (int i = 0; i < 100; i++) {
      kit.agent(Agent.named("a" + i, new Sticky("a" + i, this)));
    }
    assertThat(kit.cycle(Pair.task("t")).tasks())
        .allSatisfy(task -> assertThat(task.outcome()).isEqualTo(Outcome.IN_SYNC));
    long before = kit.time().nanoTime();

    kit.reconciler().replaceAll(List.of(Agent.named("well", new Sticky("w", this))));
    kit.reconciler().put(Agent.named("other", new Sticky("o", this)));
    kit.reconciler().remove("other");
    assertThat(kit.cycle().task("t").on("well")).isInSync();
    assertThat(Duration.ofNanos(kit.time().nanoTime() - before)).isLessThan(Duration.ofSeconds(1));

    kit.reconciler().close();
    assertThat(Duration.ofNanos(kit.time().nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
    letGo.complete(null);
    kit.close();
  }

  @Test
  void answersAStatusWhileAHostSaysNothingOfItself() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.agent(Agent.named("a", new Sticky("a", this)));
      kit.cycle(Pair.task("t"));
      CompletableFuture<FleetStatus> seen = Later.call(kit, kit.reconciler()::status);
      kit.runFor(Duration.ofSeconds(1));
      assertThat(seen).isCompleted();
      letGo.complete(null);
    }
  }
}
