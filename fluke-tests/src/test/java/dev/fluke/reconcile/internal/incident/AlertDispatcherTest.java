package dev.fluke.reconcile.internal.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.event.EventTypes;
import dev.fluke.reconcile.internal.incident.Incident.Kind;
import dev.fluke.reconcile.internal.incident.IncidentState.Announced;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AlertDispatcherTest {
  private final AlertFixture fixture = new AlertFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private Incident incident(Kind kind, String agent, String task) {
    return new Incident(
        7,
        kind,
        Subject.ofTask(agent, task),
        "infra",
        fixture.event(kind.begins).with("source", "s"),
        Announced.FOUND);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "web-01|nginx|fluke reconcile task nginx on web-01",
        "web 01|nginx site|fluke reconcile task 'nginx site' on 'web 01'",
      })
  void addsCommandThatWouldApply(String agent, String task, String command) {
    Incident incident = incident(Kind.DRIFT, agent, task);

    fixture.dispatcher.open(incident, incident.facts());
    fixture.settle();

    assertThat(fixture.alerts.get(0).field("command")).contains(command);
    assertThat(fixture.alerts.get(0).key()).isEqualTo(incident.key);
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"UNKNOWN", "UNREACHABLE", "STUCK", "SOURCE"})
  void addsNoCommandWhereNothingCanBeApplied(Kind kind) {
    Incident incident = incident(kind, "web", "a");

    fixture.dispatcher.open(incident, incident.facts());
    fixture.settle();

    assertThat(fixture.alerts.get(0).field("command")).isEmpty();
  }

  @Test
  void publishesIncidentAsEventWithItsKey() {
    Incident incident = incident(Kind.DRIFT, "web", "a");

    fixture.dispatcher.open(incident, incident.facts());

    assertThat(fixture.published()).containsExactly(EventTypes.INCIDENT_OPENED);
    assertThat(fixture.events.get(0).field("about")).contains(EventTypes.DRIFT_DETECTED);
    assertThat(fixture.events.get(0).field("key")).contains(incident.key);
    assertThat(fixture.events.get(0).field("source")).contains("s");
  }

  @Test
  void remindsWithTheTimeItBegan() {
    Incident incident = incident(Kind.DRIFT, "web", "a");
    String since = incident.since.toString();
    fixture.time.runFor(Duration.ofHours(1));

    fixture.dispatcher.remind(incident, fixture.event(EventTypes.DRIFT_REMINDER));
    fixture.settle();

    assertThat(fixture.alerts.get(0).field("since")).contains(since);
    assertThat(fixture.published()).containsExactly(EventTypes.INCIDENT_REMINDED);
  }

  @Test
  void closesWithoutCommandAndWithTheSameKey() {
    Incident incident = incident(Kind.DRIFT, "web", "a");
    fixture.dispatcher.open(incident, incident.facts());
    fixture.settle();

    fixture.dispatcher.close(incident, fixture.event(EventTypes.DRIFT_RESOLVED));
    fixture.settle();

    assertThat(fixture.alerts).hasSize(2);
    assertThat(fixture.alerts.get(1).isClosing()).isTrue();
    assertThat(fixture.alerts.get(1).field("command")).isEmpty();
    assertThat(fixture.alerts.get(1).key()).isEqualTo(fixture.alerts.get(0).key());
    assertThat(fixture.alerts.get(1).id()).isNotEqualTo(fixture.alerts.get(0).id());
  }

  @Test
  void knowsWhetherThereIsASink() {
    AlertDispatcher none =
        new AlertDispatcher(List.of(), fixture.time, fixture.thread, fixture.recorder);

    assertThat(none.hasNoSink()).isTrue();
    assertThat(none.status()).isEmpty();
    assertThat(fixture.dispatcher.hasNoSink()).isFalse();
    assertThat(fixture.dispatcher.status()).hasSize(1);
  }
}
