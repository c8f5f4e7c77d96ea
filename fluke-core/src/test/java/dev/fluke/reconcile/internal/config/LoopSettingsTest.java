package dev.fluke.reconcile.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.alert.AlertFilter;
import dev.fluke.event.EventStore;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.report.CycleObserver;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an application set: every option is kept, and every wrong one is reported. */
class LoopSettingsTest {
  private static final AlertRoute ROUTE = new AlertRoute(alert -> {}, AlertFilter.everything());
  private static final EventStore STORE = EventStore.inMemory(7);
  private static final CycleObserver OBSERVER = new CycleObserver() {};

  /** One option: how it is set, how it is read, and what is set. */
  private record Option(
      String name,
      UnaryOperator<LoopSettings> set,
      Function<LoopSettings, Object> get,
      Object expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Option time(
      String name,
      long seconds,
      Function<Duration, UnaryOperator<LoopSettings>> set,
      Function<LoopSettings, Object> get) {
    Duration time = Duration.ofSeconds(seconds);
    return new Option(name, set.apply(time), get, time);
  }

  private static Stream<Option> options() {
    return Stream.of(
        new Option(
            "default policy",
            settings -> settings.withDefaultPolicy(DriftPolicy.ALERT_ONLY),
            LoopSettings::defaultPolicy,
            DriftPolicy.ALERT_ONLY),
        time("poll interval", 1, t -> s -> s.withPollInterval(t), s -> s.times().pollInterval()),
        time("check limit", 2, t -> s -> s.withCheckLimit(t), s -> s.times().limits().check()),
        time("apply limit", 3, t -> s -> s.withApplyLimit(t), s -> s.times().limits().apply()),
        time("close grace", 4, t -> s -> s.withCloseGrace(t), s -> s.times().closeGrace()),
        new Option(
            "connecting", s -> s.withConnecting(5), s -> s.atOnce().stages().connecting(), 5),
        new Option("checking", s -> s.withChecking(6), s -> s.atOnce().stages().checking(), 6),
        new Option("applying", s -> s.withApplying(7), s -> s.atOnce().stages().applying(), 7),
        new Option(
            "connections", s -> s.withConnections(8), s -> s.atOnce().connections().open(), 8),
        new Option(
            "logins per second",
            s -> s.withLoginsPerSecond(9),
            s -> s.atOnce().connections().loginsPerSecond(),
            9),
        new Option("events", s -> s.withEvents(STORE), s -> s.outlets().events(), STORE),
        new Option("route", s -> s.withRoute(ROUTE), s -> s.outlets().routes(), List.of(ROUTE)),
        new Option(
            "observer",
            s -> s.withObserver(OBSERVER),
            s -> s.outlets().observers(),
            List.of(OBSERVER)));
  }

  @ParameterizedTest
  @MethodSource("options")
  void keepsAnOptionWhateverIsSetAfterIt(Option option) {
    LoopSettings settings = option.set.apply(LoopSettings.defaults());
    for (Option other : options().filter(each -> !each.name.equals(option.name)).toList()) {
      settings = other.set.apply(settings);
      assertThat(option.get.apply(settings)).as("after " + other).isEqualTo(option.expected);
    }
  }

  @ParameterizedTest
  @MethodSource("options")
  void changesNothingButTheOptionThatIsSet(Option option) {
    LoopSettings before = LoopSettings.defaults();

    LoopSettings after = option.set.apply(before);

    assertThat(option.get.apply(before)).isNotEqualTo(option.expected);
    for (Option other : options().filter(each -> !each.name.equals(option.name)).toList()) {
      assertThat(other.get.apply(after)).as(other.name).isEqualTo(other.get.apply(before));
    }
  }

  @Test
  void addsEveryRouteInOrder() {
    AlertRoute second = new AlertRoute(alert -> {}, AlertFilter.everything());

    LoopSettings settings = LoopSettings.defaults().withRoute(ROUTE).withRoute(second);

    assertThat(settings.outlets().routes()).containsExactly(ROUTE, second);
  }

  @Test
  void findsNothingWrongWithTheDefaults() {
    assertThat(LoopSettings.defaults().problems()).isEmpty();
  }

  @Test
  void reportsEveryProblemAtOnce() {
    LoopSettings settings =
        LoopSettings.defaults()
            .withPollInterval(Duration.ZERO)
            .withCheckLimit(Duration.ofSeconds(-1))
            .withApplyLimit(Duration.ZERO)
            .withCloseGrace(Duration.ofMillis(-1))
            .withConnecting(0)
            .withChecking(-1)
            .withApplying(0)
            .withConnections(0)
            .withLoginsPerSecond(0);

    assertThat(settings.problems())
        .containsExactly(
            "poll interval is PT0S, must be more than zero",
            "check limit is PT-1S, must be more than zero",
            "apply limit is PT0S, must be more than zero",
            "close grace is PT-0.001S, must not be negative",
            "connecting at once is 0, must be at least 1",
            "checking at once is -1, must be at least 1",
            "applying at once is 0, must be at least 1",
            "open connections is 0, must be at least 1",
            "logins per second is 0, must be at least 1");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1})
  void acceptsCloseGraceFromZero(long millis) {
    assertThat(LoopSettings.defaults().withCloseGrace(Duration.ofMillis(millis)).problems())
        .isEmpty();
  }
}
