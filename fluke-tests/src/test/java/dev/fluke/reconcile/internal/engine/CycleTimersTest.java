package dev.fluke.reconcile.internal.engine;

import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.reconcile.Reconciler;
import dev.fluke.request.Scope;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Pair;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** When the loop looks without being asked. */
class CycleTimersTest {

  @Tag("R8")
  @Tag("R11")
  @Tag("rule-8")
  @Test
  void opensCycleEveryMinuteByDefault() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").healthy();
      kit.manifest(Pair.task("a"));

      kit.start();
      kit.runFor(Duration.ofHours(24));

      assertThat(kit.reconciler().status().pollInterval()).isEqualTo(Duration.ofSeconds(60));
      assertThat((int) web.asked().stream().filter("check a"::equals).count())
          .isBetween(1439, 1442);
    }
  }

  @Tag("R9")
  @Tag("R11")
  @Test
  void enforcesNewRevisionWithinPollInterval() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").healthy();
      web.pair("check b", "fix b").broken();
      kit.manifest(Pair.task("a"));
      kit.start();
      kit.runFor(Duration.ofSeconds(10));

      kit.manifest(Pair.task("a"), Pair.task("b"));
      kit.runFor(Duration.ofSeconds(60));

      assertThat(web).ran("fix b").once();
    }
  }

  @Tag("R8")
  @Tag("rule-20")
  @Test
  void continuesAfterExceptionInCycle() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.answer(
          "check a",
          command -> {
            throw new IllegalStateException("boom");
          });
      kit.manifest(Pair.task("a"));

      kit.start();
      kit.runFor(Duration.ofMinutes(10));

      assertThat(web.asked().size()).isGreaterThan(9);
    }
  }

  @Tag("S10")
  @Tag("E25")
  @Tag("rule-31")
  @Test
  void keepsIntervalWhenWallClockJumps() {
    for (Duration jump :
        new Duration[] {Duration.ofHours(-2), Duration.ofHours(2), Duration.ofDays(3650)}) {
      try (FlukeKit kit = FlukeKit.create()) {
        FakeHost web = kit.agent("web-01", Map.of());
        web.pair("check a", "fix a").healthy();
        kit.manifest(Pair.task("a"));
        kit.start();
        kit.runFor(Duration.ofMinutes(10));
        int before = web.asked().size();

        kit.time().jumpWallClock(jump);
        kit.runFor(Duration.ofMinutes(10));

        assertThat(web.asked().size() - before).isEqualTo(10);
      }
    }
  }

  @Tag("rule-8")
  @Test
  void spreadsAgentsOverTheInterval() {
    try (FlukeKit kit = FlukeKit.create()) {
      for (int i = 0; i < 60; i++) {
        kit.agent("web-" + i, Map.of()).pair("check a", "fix a").healthy();
      }
      kit.manifest(Pair.task("a"));
      kit.start();
      kit.runFor(Duration.ofSeconds(1));

      java.util.Set<Integer> busySeconds = new java.util.HashSet<>();
      for (int second = 0; second < 60; second++) {
        int before = cycles(kit);
        kit.runFor(Duration.ofSeconds(1));
        if (cycles(kit) > before) {
          busySeconds.add(second);
        }
      }

      assertThat(busySeconds.size()).isGreaterThan(20);
    }
  }

  private static int cycles(FlukeKit kit) {
    return kit.hosts().stream().mapToInt(host -> host.asked().size()).sum();
  }

  @Tag("rule-24")
  @Test
  void worksBeforeStartAndRefusesAfterClose() {
    FlukeKit kit = FlukeKit.create();
    FakeHost web = kit.agent("web-01", Map.of());
    web.pair("check a", "fix a").broken();
    kit.manifest(Pair.task("a"));
    Reconciler reconciler = kit.reconciler();

    assertThat(reconciler.plan(Scope.all()).isInSync()).isFalse();
    assertThat(reconciler.cycle().succeeded()).isTrue();
    reconciler.checkNow();
    reconciler.pollNow();
    kit.close();

    for (Runnable call :
        java.util.List.<Runnable>of(
            reconciler::start,
            reconciler::cycle,
            reconciler::checkNow,
            reconciler::pollNow,
            () -> reconciler.plan(Scope.all()),
            () -> reconciler.reconcile(Scope.all()))) {
      org.assertj.core.api.Assertions.assertThatThrownBy(call::run)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the reconciler is closed");
    }
    reconciler.close();
    assertThat(reconciler.status().agents()).hasSize(1);
  }
}
