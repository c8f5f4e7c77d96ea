package dev.fluke.reconcile.internal.engine;

import static dev.fluke.agent.Selector.label;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.agent.Selector;
import dev.fluke.command.Mask;
import dev.fluke.event.EventStore;
import dev.fluke.executor.CheckResult;
import dev.fluke.executor.Executor;
import dev.fluke.executor.Host;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.internal.config.LoopThread;
import dev.fluke.reconcile.internal.memory.Declarations;
import dev.fluke.reconcile.internal.record.EventRecorder;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.testkit.VirtualTime;
import dev.fluke.tests.support.Pair;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What looks wrong with the manifest and the agents together, in the status and as events. */
class ManifestWarningsTest {

  @Test
  void keepsTheLaterOfTwoComputationsAtOnce() {
    VirtualTime time = VirtualTime.seeded(1);
    LoopThread thread = new LoopThread();
    Manifest old =
        Manifest.of(Task.named("old").on(label("a").is("b")).step("s", new Unwise(false)).build());
    Manifest[] current = {old};
    ManifestWarnings[] warnings = new ManifestWarnings[1];
    Supplier<Collection<Agent>> agents =
        () -> {
          if (current[0] == old) {
            current[0] = Manifest.of();
            warnings[0].due();
            assertThat(warnings[0].get()).isEmpty();
          }
          return List.of(Agent.named("api"));
        };
    warnings[0] =
        new ManifestWarnings(
            () -> current[0],
            agents,
            new Declarations(time, thread, new Mask()),
            time,
            new EventRecorder(time, EventStore.inMemory(10), thread));

    assertThat(warnings[0].get()).isEmpty();
    assertThat(warnings[0].get()).isEmpty();
    time.close();
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
  void reportsWarningsOfExecutorsInStatusAndEvents() {
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

  @Tag("L01")
  @Test
  void warnsOnceOfSelectorThatMatchesNoAgent() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.agent("web-01", Map.of()).pair("check a", "fix a").healthy();
      kit.manifest(Task.named("a").on(Selector.agent("nobody")).step("s", Pair.of("a")).build());

      for (int i = 0; i < 10; i++) {
        kit.cycle();
      }

      assertThat(kit.events())
          .filteredOn(event -> event.type().equals("warning"))
          .extracting(event -> event.field("message").orElse(""))
          .containsExactly("task 'a': its selector matches no agent: agent nobody");
    }
  }

  @Tag("L02")
  @Test
  void suggestsNearLabelForUnknownKey() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.agent("web-01", Map.of("role", "web"));
      kit.manifest(Task.named("a").on(label("roel").absent()).step("s", Pair.of("a")).build());

      assertThat(kit.reconciler().status().warnings()).isEmpty();
      kit.cycle();

      assertThat(kit.reconciler().status().warnings())
          .containsExactly("task 'a': no agent has a label 'roel'; did you mean 'role'?");
    }
  }

  @Tag("L02")
  @Tag("L03")
  @Test
  void followsChangesOfTheFleet() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.agent(Agent.named("web-01", FakeHost.named("h1")).label("role", "web"));
      kit.cycle(Task.named("a").on(label("role").is("db")).step("s", Pair.of("a")).build());
      assertThat(kit.reconciler().status().warnings()).hasSize(1);

      kit.agent(Agent.named("db-01", FakeHost.named("h2")).label("role", "db"));

      assertThat(kit.reconciler().status().warnings()).isEmpty();
      kit.reconciler().remove("db-01");
      assertThat(kit.reconciler().status().warnings()).hasSize(1);
    }
  }
}
