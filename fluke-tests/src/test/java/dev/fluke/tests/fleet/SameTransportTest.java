package dev.fluke.tests.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.command.Digestible;
import dev.fluke.command.Secret;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Pair;
import dev.fluke.transport.HostConnection;
import dev.fluke.transport.Target;
import dev.fluke.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An agent whose transport is made again keeps its connection if the transport means the same. */
@Tag("L03")
class SameTransportTest {
  private final FakeHost host = FakeHost.named("web");

  SameTransportTest() {
    host.pair("check a", "fix a").healthy();
  }

  /** A transport as people write them, without equals. */
  private static class Plain implements Transport {
    final Transport to;

    Plain(Transport to) {
      this.to = to;
    }

    @Override
    public HostConnection open(Target target) throws Exception {
      return to.open(target);
    }

    @Override
    public String address() {
      return to.address();
    }
  }

  private record Login(FakeHost to, Secret password) implements Transport {
    @Override
    public HostConnection open(Target target) throws Exception {
      return to.open(target);
    }

    @Override
    public String address() {
      return to.address();
    }
  }

  /** Says what it consists of. */
  private static final class Described extends Plain implements Digestible {
    private final String user;

    Described(Transport to, String user) {
      super(to);
      this.user = user;
    }

    @Override
    public void digestInto(Digest into) {
      into.add(to.address()).add(user);
    }
  }

  /** Can't be compared. */
  private static final class Broken extends Plain {
    Broken(Transport to) {
      super(to);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      throw new IllegalStateException("broken equals");
    }

    @Override
    public int hashCode() {
      return 1;
    }
  }

  private int connectionsOfHours(Supplier<Transport> transports, List<String> warnings) {
    int before = host.connectionsOpened();
    try (FlukeKit kit = FlukeKit.create()) {
      kit.configure(
          builder -> builder.agents(() -> List.of(Agent.named("web-01", transports.get()))));
      kit.manifest(Pair.task("a")).start().runFor(Duration.ofMinutes(50));
      assertThat(kit.reconciler().status().agent("web-01").task("a").outcome().succeeded())
          .isTrue();
      warnings.addAll(kit.reconciler().status().warnings());
    }
    return host.connectionsOpened() - before;
  }

  @Test
  void connectsAgainOnceIfTransportHasNoEquals() {
    List<String> warnings = new ArrayList<>();

    assertThat(connectionsOfHours(() -> new Plain(host), warnings)).isEqualTo(2);

    assertThat(warnings)
        .containsExactly(
            "agent 'web-01': its transport contains a %s: without equals(), it counts as changed whenever it is another object; make it a record of plain values, or implement Digestible. Fluke connected again once, and keeps that connection from now on"
                .formatted(Plain.class.getName()));
  }

  @Test
  void connectsAgainOnceIfTransportCannotBeCompared() {
    List<String> warnings = new ArrayList<>();

    assertThat(connectionsOfHours(() -> new Broken(host), warnings)).isEqualTo(2);

    assertThat(warnings).singleElement().asString().contains("broken equals");
  }

  @Test
  void keepsConnectionOfTransportWithSameParts() {
    List<String> warnings = new ArrayList<>();

    assertThat(connectionsOfHours(() -> new Login(host, Secret.of("pass")), warnings)).isOne();
    assertThat(connectionsOfHours(() -> new Described(host, "ann"), warnings)).isOne();
    assertThat(connectionsOfHours(() -> host, warnings)).isOne();

    assertThat(warnings).isEmpty();
  }

  @Test
  void connectsAgainForEachChangeThatItSees() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.agent(Agent.named("web-01", new Login(host, Secret.of("one"))));
      kit.cycle(Pair.task("a"));
      for (int i = 2; i < 5; i++) {
        kit.agent(Agent.named("web-01", new Login(host, Secret.of("pass " + i))));
        kit.cycle();
        assertThat(host.connectionsOpened()).isEqualTo(i);
      }
      kit.agent(Agent.named("web-01", new Described(host, "ann")));
      kit.cycle();
      assertThat(host.connectionsOpened()).isEqualTo(5);
      kit.agent(Agent.named("web-01", new Described(host, "bob")));
      kit.cycle();
      assertThat(host.connectionsOpened()).isEqualTo(6);
    }
  }

  @Test
  void takesOverWhatElseChanged() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.agent(Agent.named("web-01", new Login(host, Secret.of("pass"))));
      kit.cycle(Pair.task("a"));

      kit.agent(Agent.named("web-01", new Login(host, Secret.of("pass"))).label("role", "web"));
      kit.cycle();

      assertThat(kit.reconciler().status().agent("web-01").labels()).containsEntry("role", "web");
      assertThat(host.connectionsOpened()).isOne();
    }
  }
}
