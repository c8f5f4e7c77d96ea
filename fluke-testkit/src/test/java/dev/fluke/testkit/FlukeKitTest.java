package dev.fluke.testkit;

import static dev.fluke.agent.Selector.everyAgent;
import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.agent.Agent;
import dev.fluke.command.Command;
import dev.fluke.executor.CommandCheck;
import dev.fluke.executor.Host;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.report.CycleReport;
import dev.fluke.source.ManifestSource;
import dev.fluke.transport.HostConnection;
import dev.fluke.transport.Target;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A fleet in a test. */
class FlukeKitTest {

  private record Fix(String name) implements CommandCheck {
    @Override
    public Command checkCommand() {
      return Command.shell("check " + name);
    }

    @Override
    public void apply(Host host) {
      host.run(Command.shell("fix " + name)).orThrow();
    }
  }

  private static Task task(String name) {
    return Task.named(name).on(everyAgent()).step("step", new Fix(name)).build();
  }

  @Test
  void healsDriftWithoutNetworkHostOrWait() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of("role", "web"));
      web.pair("check nginx", "fix nginx").broken();

      CycleReport report = kit.cycle(task("nginx"));

      assertThat(report.task("nginx").on("web-01")).isRemediated();
      assertThat(report.task("nginx").on("web-01").step("step")).isApplied();
      assertThat(web).ran("fix nginx").once();
      assertThat(kit.hosts()).containsExactly(web);
    }
  }

  @Test
  void runsADayOfCyclesAtOnce() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      FakeState state = web.pair("check a", "fix a").healthy();
      kit.manifest(task("a")).start().runFor(Duration.ofHours(12));
      state.broken();

      kit.runFor(Duration.ofHours(12));

      assertThat(web).ran("fix a").once();
      assertThat(web.asked().size()).isGreaterThan(1_300);
      assertThat(web.busiest()).isEqualTo(1);
      assertThat(web.unscripted()).isEmpty();
      assertThat(kit.events()).extracting(event -> event.type()).contains("drift_remediated");
    }
  }

  @Test
  void makesANewRevisionOfEachManifest() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").broken();
      web.pair("check b", "fix b").broken();
      String first = kit.cycle(task("a")).task("a").on("web-01").revision();

      kit.manifest(Manifest.of(task("b")));
      CycleReport report = kit.cycle();

      assertThat(report.tasks()).hasSize(1);
      assertThat(report.task("b").on("web-01")).isRemediated();
      assertThat(report.task("b").on("web-01").revision()).isNotEqualTo(first);
    }
  }

  @Test
  void rejectsOptionsAndASourceOnceInUse() {
    try (FlukeKit kit = FlukeKit.create(7)) {
      kit.agent("web-01", Map.of()).pair("check a", "fix a").broken();
      kit.configure(options -> options.onDrift(DriftPolicy.ALERT_ONLY))
          .source(ManifestSource.supplied(() -> Manifest.of(task("a"))));

      assertThat(kit.cycle().task("a").on("web-01")).isDrifted();

      assertThatThrownBy(() -> kit.configure(options -> options))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("call configure(..) before the reconciler is first used");
      assertThatThrownBy(() -> kit.source(ManifestSource.supplied(Manifest::empty)))
          .hasMessage("call source(..) before the reconciler is first used");
    }
  }

  @Test
  void addsAnAgentWhileTheReconcilerRuns() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.cycle(task("a"));
      FakeHost late = kit.agent("late", Map.of());
      late.pair("check a", "fix a").broken();

      assertThat(kit.cycle().task("a").on("late")).isRemediated();
    }
  }

  @Test
  void failsOnCloseWhenAConnectionIsOpenOnAReplacedHost() throws Exception {
    FlukeKit kit = FlukeKit.create();
    FakeHost web = kit.agent("web-01", Map.of());
    HostConnection left = web.open(Target.of("web-01", kit.time()));
    kit.agent(Agent.named("web-01", FakeHost.named("web-02")));

    assertThatThrownBy(kit::close)
        .isInstanceOf(AssertionError.class)
        .hasMessage("the kit is closed, but these are left: [a connection to web-01]");

    left.close();
    kit.close();
  }

  @Test
  void failsOnCloseWhenWorkStillWaits() {
    FlukeKit kit = FlukeKit.create();
    CompletableFuture<Void> never = new CompletableFuture<>();
    kit.time()
        .start(
            "forgotten",
            () -> {
              try {
                kit.time().await(never, Duration.ofDays(1));
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });

    assertThatThrownBy(kit::close)
        .isInstanceOf(AssertionError.class)
        .hasMessage("the kit is closed, but these are left: [forgotten]");

    never.complete(null);
    kit.close();
  }

  @Test
  void leavesNoThreadAfterClose() throws InterruptedException {
    AtomicReference<List<Thread>> threads = new AtomicReference<>(List.of());
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").broken();
      web.answer(
          "fix a",
          command -> {
            threads.set(List.of(Thread.currentThread()));
            return dev.fluke.command.CommandResult.exited(0);
          });
      kit.cycle(task("a"));
    }
    for (Thread thread : threads.get()) {
      thread.join(Duration.ofSeconds(30).toMillis());
      assertThat(thread.isAlive()).isFalse();
    }
    assertThat(threads.get()).hasSize(1);
  }
}
