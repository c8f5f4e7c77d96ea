package dev.fluke.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.agent.Agent;
import dev.fluke.manifest.Manifest;
import dev.fluke.source.ManifestSource;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.testkit.VirtualTime;
import dev.fluke.tests.source.ScriptedSource;
import dev.fluke.tests.support.Pair;
import dev.fluke.transport.Local;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Options of the builder: wrong ones are all reported at once, right ones take effect. */
class ReconcilerBuilderTest {
  /** Null, as a user's code may return it. */
  private static final AtomicReference<Optional<Duration>> NOTHING = new AtomicReference<>();

  @Test
  void reportsEveryProblemAtOnce() {
    ReconcilerBuilder builder =
        Reconciler.builder()
            .agent(Agent.named("a"))
            .agents(List::of)
            .pollInterval(Duration.ZERO)
            .checkLimit(Duration.ofSeconds(-1))
            .applyLimit(Duration.ZERO)
            .closeGrace(Duration.ofSeconds(-1))
            .connectingAtOnce(0)
            .checkingAtOnce(0)
            .applyingAtOnce(-1);

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "reconciler: no manifest; call manifest(..) or source(..); agents are both named and"
                + " supplied; do one of the two; poll interval is PT0S, must be more than zero;"
                + " check limit is PT-1S, must be more than zero; apply limit is PT0S, must be more"
                + " than zero; close grace is PT-1S, must not be negative; connecting at once is 0,"
                + " must be at least 1; checking at once is 0, must be at least 1; applying at once"
                + " is -1, must be at least 1");
  }

  @Test
  void refusesTimesThatWouldOverflow() {
    Duration long1 = Duration.ofDays(200_000);
    ReconcilerBuilder builder =
        Reconciler.builder()
            .source(new ScriptedSource("infra").every(long1))
            .pollInterval(long1)
            .checkLimit(long1)
            .applyLimit(Duration.ofDays(3_651))
            .closeGrace(long1);

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "reconciler: source infra: its interval is PT4800000H, must be at most 3650 days;"
                + " poll interval is PT4800000H, must be at most 3650 days; check limit is"
                + " PT4800000H, must be at most 3650 days; apply limit is PT87624H, must be at most"
                + " 3650 days; close grace is PT4800000H, must be at most 3650 days");
    assertThatThrownBy(() -> Agent.named("a").checkLimit(long1))
        .hasMessageContaining("check limit is PT4800000H, must be at most 3650 days");
    assertThatThrownBy(() -> dev.fluke.command.Command.shell("x").timeout(long1))
        .hasMessageContaining("must be at most 3650 days");
  }

  @Test
  void worksWithTheLongestTimes() {
    Duration longest = Duration.ofDays(3_650);
    try (FlukeKit kit = FlukeKit.create()) {
      kit.configure(
          builder -> builder.pollInterval(longest).checkLimit(longest).applyLimit(longest));
      kit.agent("web-01", Map.of()).pair("check a", "fix a").broken();
      kit.manifest(Pair.task("a")).start().runFor(Duration.ofDays(1));

      assertThat(kit.hosts().get(0).acted()).containsExactly("fix a");
    }
  }

  @Test
  void namesWhatSourceFailsToSay() {
    ManifestSource broken =
        new ScriptedSource("infra") {
          @Override
          public List<String> problems() {
            throw new IllegalStateException("no");
          }

          @Override
          public Optional<Duration> pollInterval() {
            return NOTHING.get();
          }

          @Override
          public String toString() {
            throw new AssertionError("who am I");
          }
        };

    assertThatThrownBy(() -> Reconciler.builder().source(broken).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageMatching(
            "reconciler: source \\S+ReconcilerBuilderTest\\S*: its toString\\(\\) failed:"
                + " AssertionError: who am I; source \\S+: its problems\\(\\) failed:"
                + " IllegalStateException: no; source \\S+: its pollInterval\\(\\) returned null");
  }

  @Test
  void appliesLimitsThatAreSet() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.configure(
          builder ->
              builder
                  .checkLimit(Duration.ofSeconds(3))
                  .applyLimit(Duration.ofSeconds(5))
                  .connectingAtOnce(1)
                  .checkingAtOnce(1)
                  .applyingAtOnce(1));
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check slow", "fix slow").broken().checkTakes(Duration.ofSeconds(4));
      web.pair("check long", "fix long").broken().applyTakes(Duration.ofSeconds(6));

      var report = kit.cycle(Pair.task("slow"), Pair.task("long"));

      dev.fluke.testkit.FlukeAssertions.assertThat(report.task("slow").on("web-01")).isUnknown();
      dev.fluke.testkit.FlukeAssertions.assertThat(report.task("long").on("web-01")).isFailed();
    }
  }

  @Test
  void takesThreadsFromFactoryAndEndsThemAll() throws Exception {
    List<Thread> made = new CopyOnWriteArrayList<>();
    Reconciler reconciler =
        Reconciler.builder()
            .agent(Agent.named("here", Local.machine()))
            .manifest(() -> Manifest.of(Pair.task("true")))
            .threads(
                work -> {
                  Thread thread = new Thread(work, "ours");
                  thread.setDaemon(true);
                  made.add(thread);
                  return thread;
                })
            .build();
    reconciler.cycle();
    reconciler.close();

    assertThat(made).isNotEmpty();
    for (Thread thread : made) {
      thread.join(10_000);
      assertThat(thread.isAlive()).isFalse();
    }
  }

  @Tag("rule-24")
  @Test
  void acceptsSmallestValueOfEachOption() {
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

  @Tag("rule-24")
  @Test
  void asksForSuppliedManifestAtEachCycle() {
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
}
