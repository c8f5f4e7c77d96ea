package dev.fluke.tests.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.agent.Selector;
import dev.fluke.executor.CheckResult;
import dev.fluke.executor.Executor;
import dev.fluke.executor.Host;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.testkit.VirtualTime;
import dev.fluke.tests.support.Pair;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What suppliers give is used, the least of every option is enough, and warnings are told. */
@Tag("rule-24")
class SuppliedTest {

  @Test
  void whatIsJustEnoughIsAccepted() {
    VirtualTime time = VirtualTime.seeded(1);
    FakeHost host = FakeHost.named("h");
    host.pair("check a", "fix a").broken();
    try (Reconciler reconciler =
        Reconciler.builder()
            .scheduler(time)
            .agents(List.of(Agent.named("web-01", host)))
            .manifest(Manifest.of(Pair.task("a")))
            .pollInterval(Duration.ofNanos(1))
            .checkLimit(Duration.ofNanos(1))
            .applyLimit(Duration.ofNanos(1))
            .closeGrace(Duration.ZERO)
            .connectingAtOnce(1)
            .checkingAtOnce(1)
            .applyingAtOnce(1)
            .build()) {
      assertThat(reconciler.cycle().succeeded()).isTrue();
      assertThat(host.acted()).containsExactly("fix a");
    }
  }

  @Test
  void aManifestThatIsSuppliedIsAskedForAtEachCycle() {
    VirtualTime time = VirtualTime.seeded(1);
    AtomicReference<Manifest> manifest = new AtomicReference<>(Manifest.empty());
    FakeHost host = FakeHost.named("h");
    host.pair("check a", "fix a").healthy();
    try (Reconciler reconciler =
        Reconciler.builder()
            .scheduler(time)
            .agent(Agent.named("web-01", host))
            .manifest(manifest::get)
            .build()) {
      assertThat(reconciler.cycle().tasks()).isEmpty();
      manifest.set(Manifest.of(Pair.task("a")));

      assertThat(reconciler.cycle().tasks()).hasSize(1);
      assertThat(reconciler.status().source().revision()).contains("code-2");
    }
  }

  @Test
  void agentsThatAreSuppliedAreThereFromTheBeginning() {
    VirtualTime time = VirtualTime.seeded(1);
    try (Reconciler reconciler =
        Reconciler.builder()
            .scheduler(time)
            .agents(() -> List.of(Agent.named("a"), Agent.named("b")))
            .manifest(Manifest.empty())
            .build()) {
      assertThat(reconciler.status().agents())
          .extracting(agent -> agent.name())
          .containsExactly("a", "b");
    }
  }

  /** An executor with something to say about itself. */
  private record Unwise(boolean fails) implements Executor {
    @Override
    public CheckResult check(Host host) {
      return CheckResult.inSync();
    }

    @Override
    public void apply(Host host) {}

    @Override
    public List<String> warnings() {
      if (fails) {
        throw new IllegalStateException("oops");
      }
      return List.of("a password in plain text");
    }
  }

  @Tag("L02")
  @Test
  void whatAnExecutorWarnsOfIsInTheStatusAndTold() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.agent("web-01", Map.of());
      kit.cycle(
          Task.named("one").on(Selector.everyAgent()).step("s", new Unwise(false)).build(),
          Task.named("two").on(Selector.everyAgent()).step("s", new Unwise(true)).build());

      List<String> expected =
          List.of(
              "task 'one': step 's': a password in plain text",
              "task 'two': step 's': its warnings() failed: IllegalStateException: oops");
      assertThat(kit.reconciler().status().warnings()).isEqualTo(expected);
      assertThat(kit.events())
          .filteredOn(event -> event.type().equals("warning"))
          .extracting(event -> event.field("message").orElse(""))
          .isEqualTo(expected);
    }
  }
}
