package dev.fluke.tests.connection;

import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.command.Command;
import dev.fluke.report.FleetStatus.AgentState;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Later;
import dev.fluke.tests.support.Pair;
import dev.fluke.transport.Answer;
import dev.fluke.transport.HostConnection;
import dev.fluke.transport.Target;
import dev.fluke.transport.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A transport that hangs when it is asked whether its connection is open. */
class HangingStateTest {
  private final FlukeKit kit = FlukeKit.create();
  private final FakeHost host = FakeHost.named("web-01");
  private final AtomicBoolean hangs = new AtomicBoolean();
  private final CompletableFuture<Void> letGo = new CompletableFuture<>();

  private final class Hanging implements Transport {
    @Override
    public HostConnection open(Target target) throws Exception {
      return new Connection(host.open(target));
    }

    @Override
    public String address() {
      return host.address();
    }
  }

  private final class Connection implements HostConnection {
    private final HostConnection to;

    Connection(HostConnection to) {
      this.to = to;
    }

    @Override
    public List<Answer> ask(List<Command> commands) {
      return to.ask(commands);
    }

    @Override
    public Answer act(Command command) {
      return to.act(command);
    }

    @Override
    public boolean isOpen() {
      if (hangs.get()) {
        Later.awaitStubbornly(kit, letGo);
      }
      return to.isOpen();
    }

    @Override
    public void close() {
      to.close();
    }
  }

  @Test
  void stallsItsOwnAgentOnlyAndIsNoticed() {
    try (kit) {
      host.pair("check a", "fix a").healthy();
      kit.agent(Agent.named("web-01", new Hanging()));
      kit.agent("web-02", Map.of()).pair("check a", "fix a").healthy();
      kit.manifest(Pair.task("a")).start().runFor(Duration.ofSeconds(1));
      hangs.set(true);

      kit.runFor(Duration.ofMinutes(10));

      assertThat(kit.reconciler().status().agent("web-01").state()).isEqualTo(AgentState.STUCK);
      assertThat(kit.reconciler().status().agent("web-02").state()).isEqualTo(AgentState.REACHABLE);
      hangs.set(false);
      letGo.complete(null);
      kit.runFor(Duration.ofMinutes(2));
      assertThat(kit.reconciler().status().agent("web-01").state()).isEqualTo(AgentState.REACHABLE);
    }
  }
}
