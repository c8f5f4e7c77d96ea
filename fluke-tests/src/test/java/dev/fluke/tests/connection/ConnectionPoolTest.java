package dev.fluke.tests.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.agent.Agent;
import dev.fluke.command.Command;
import dev.fluke.manifest.Manifest;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.request.Scope;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.testkit.VirtualTime;
import dev.fluke.tests.support.Pair;
import dev.fluke.transport.Answer;
import dev.fluke.transport.HostConnection;
import dev.fluke.transport.Target;
import dev.fluke.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How many connections are open, and how fast they are opened. */
@Tag("rule-21")
class ConnectionPoolTest {

  private static List<FakeHost> fleet(FlukeKit kit, int size) {
    List<FakeHost> hosts = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      FakeHost host = kit.agent("web-" + i, Map.of());
      host.pair("check a", "fix a").healthy();
      hosts.add(host);
    }
    return hosts;
  }

  private static int open(List<FakeHost> hosts) {
    return hosts.stream().mapToInt(FakeHost::openConnections).sum();
  }

  @Test
  void theConnectionThatWasUsedLongestAgoIsClosedForOneMore() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.configure(builder -> builder.connectionsAtMost(3).checkingAtOnce(1).connectingAtOnce(1));
      List<FakeHost> hosts = fleet(kit, 5);

      assertThat(kit.cycle(Pair.task("a")).succeeded()).isTrue();

      kit.runFor(Duration.ofSeconds(1));
      assertThat(hosts).extracting(FakeHost::openConnections).containsExactly(0, 0, 1, 1, 1);
      kit.reconciler().reconcile(Scope.agent("web-2"));
      kit.reconciler().reconcile(Scope.agent("web-0"));
      kit.runFor(Duration.ofSeconds(1));
      assertThat(hosts).extracting(FakeHost::openConnections).containsExactly(1, 0, 1, 0, 1);
    }
  }

  @Test
  void oneThatIsNotUsedForTenMinutesIsClosed() {
    try (FlukeKit kit = FlukeKit.create()) {
      List<FakeHost> hosts = fleet(kit, 2);
      kit.cycle(Pair.task("a"));
      kit.runFor(Duration.ofMinutes(9));
      kit.reconciler().reconcile(Scope.agent("web-0"));

      kit.runFor(Duration.ofMinutes(2));
      kit.runFor(Duration.ofSeconds(1));
      assertThat(hosts).extracting(FakeHost::openConnections).containsExactly(1, 0);
      kit.runFor(Duration.ofMinutes(8));
      kit.runFor(Duration.ofSeconds(1));
      assertThat(hosts).extracting(FakeHost::openConnections).containsExactly(0, 0);

      assertThat(kit.cycle().succeeded()).isTrue();
      assertThat(hosts).extracting(FakeHost::connectionsOpened).containsExactly(2, 2);
    }
  }

  @Test
  void oneThatEachCycleUsesIsKept() {
    try (FlukeKit kit = FlukeKit.create()) {
      List<FakeHost> hosts = fleet(kit, 2);
      kit.manifest(Pair.task("a")).start();

      kit.runFor(Duration.ofMinutes(45));

      assertThat(hosts).extracting(FakeHost::connectionsOpened).containsExactly(1, 1);
    }
  }

  @Test
  void oneThatIsInUseIsNotClosed() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.configure(builder -> builder.connectionsAtMost(1));
      List<FakeHost> hosts = fleet(kit, 10);
      hosts.forEach(host -> host.takes("check a", Duration.ofSeconds(5)));

      assertThat(kit.cycle(Pair.task("a")).succeeded()).isTrue();

      assertThat(open(hosts)).isBetween(1, 10);
      assertThat(kit.cycle().succeeded()).isTrue();
    }
  }

  @Tag("T05")
  @Test
  void loginsFollowEachOtherNoFasterThanTold() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.configure(builder -> builder.loginsPerSecond(10));
      List<FakeHost> hosts = fleet(kit, 45);
      kit.manifest(Pair.task("a")).start();

      kit.runFor(Duration.ofMillis(50));
      assertThat(open(hosts)).isEqualTo(10);
      kit.runFor(Duration.ofSeconds(2));
      assertThat(open(hosts)).isEqualTo(30);
      kit.runFor(Duration.ofMillis(1500));
      assertThat(open(hosts)).isEqualTo(45);
    }
  }

  /** A host that takes a second to let go of. */
  private record Clinging(FakeHost host, VirtualTime time) implements Transport {
    @Override
    public HostConnection open(Target target) throws Exception {
      HostConnection open = host.open(target);
      return new HostConnection() {
        @Override
        public List<Answer> ask(List<Command> commands) {
          return open.ask(commands);
        }

        @Override
        public Answer act(Command command) {
          return open.act(command);
        }

        @Override
        public boolean isOpen() {
          return open.isOpen();
        }

        @Override
        public void close() {
          try {
            time.sleep(Duration.ofSeconds(1));
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          open.close();
        }
      };
    }

    @Override
    public String address() {
      return host.address();
    }
  }

  @Tag("S09")
  @Test
  void hostsThatAreSlowToLetGoAreLetGoSideBySide() {
    try (FlukeKit kit = FlukeKit.create()) {
      List<FakeHost> hosts = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        FakeHost host = FakeHost.named("web-" + i);
        host.pair("check a", "fix a").healthy();
        kit.agent(Agent.named("web-" + i, new Clinging(host, kit.time())));
        hosts.add(host);
      }
      kit.cycle(Pair.task("a"));
      assertThat(open(hosts)).isEqualTo(200);
      long begun = kit.time().nanoTime();

      kit.reconciler().close();

      assertThat(Duration.ofNanos(kit.time().nanoTime() - begun)).isEqualTo(Duration.ofSeconds(4));
      assertThat(open(hosts)).isZero();
    }
  }

  @Test
  void lessThanOneIsRefused() {
    assertThatThrownBy(
            () ->
                Reconciler.builder()
                    .agent(Agent.named("api"))
                    .manifest(Manifest.of(Pair.task("a")))
                    .connectionsAtMost(0)
                    .loginsPerSecond(0)
                    .build())
        .hasMessage(
            "reconciler: open connections is 0, must be at least 1; logins per second is 0, must be"
                + " at least 1");
  }
}
