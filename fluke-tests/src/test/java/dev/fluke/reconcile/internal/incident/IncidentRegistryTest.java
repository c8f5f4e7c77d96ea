package dev.fluke.reconcile.internal.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.event.EventTypes;
import dev.fluke.reconcile.internal.incident.Incident.Kind;
import dev.fluke.reconcile.internal.incident.IncidentState.Happening;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IncidentRegistryTest {
  private static final Subject WEB_A = Subject.ofTask("web", "a");

  private final AlertFixture fixture = new AlertFixture();
  private final IncidentRegistry registry =
      new IncidentRegistry(fixture.time, fixture.dispatcher, task -> "infra", new Object());

  @AfterEach
  void close() {
    fixture.close();
  }

  private Incident drift(Subject subject) {
    return registry.open(Kind.DRIFT, subject, fixture.event(EventTypes.DRIFT_DETECTED));
  }

  @Test
  void opensIncidentWithOneAlert() {
    Incident incident = drift(WEB_A);

    assertThat(registry.get(WEB_A)).isSameAs(incident);
    assertThat(registry.ofAgent("web")).containsExactly(incident);
    assertThat(registry.status()).extracting(status -> status.key()).containsExactly(incident.key);
    assertThat(fixture.alerted()).containsExactly(EventTypes.DRIFT_DETECTED);
  }

  @Test
  void derivesKeyFromTheSourceThatDeclaresTheTask() {
    assertThat(drift(WEB_A).key).isEqualTo(WEB_A.key("infra")).isNotEqualTo(WEB_A.key("other"));
    Subject agent = Subject.ofAgent("web");
    assertThat(drift(agent).key).as("an agent has no source").isEqualTo(agent.key(""));
  }

  @Test
  void remindsEveryDayWhileOpen() {
    drift(WEB_A);

    fixture.time.runFor(Duration.ofHours(49));

    assertThat(fixture.alerted())
        .containsExactly(
            EventTypes.DRIFT_DETECTED, EventTypes.DRIFT_REMINDER, EventTypes.DRIFT_REMINDER);
  }

  @Test
  void closesTenMinutesAfterItsEnd() {
    Incident incident = drift(WEB_A);
    fixture.settle();

    registry.change(incident, Happening.IN_SYNC);
    fixture.time.runFor(Duration.ofMinutes(9));
    assertThat(fixture.alerted()).containsExactly(EventTypes.DRIFT_DETECTED);
    assertThat(registry.status()).as("over, but not closed").isEmpty();
    fixture.time.runFor(Duration.ofMinutes(2));

    assertThat(fixture.alerted())
        .containsExactly(EventTypes.DRIFT_DETECTED, EventTypes.DRIFT_RESOLVED);
    assertThat(registry.get(WEB_A)).isNull();
  }

  @Test
  void reopensSameIncidentWithinTenMinutes() {
    Incident incident = drift(WEB_A);
    fixture.settle();
    registry.change(incident, Happening.IN_SYNC);
    fixture.time.runFor(Duration.ofMinutes(5));

    registry.change(incident, Happening.LEFT_ALONE);
    fixture.time.runFor(Duration.ofMinutes(30));

    assertThat(registry.get(WEB_A)).isSameAs(incident);
    assertThat(fixture.alerted()).containsExactly(EventTypes.DRIFT_DETECTED);
    assertThat(fixture.published())
        .containsExactly(
            EventTypes.INCIDENT_OPENED, EventTypes.INCIDENT_CLOSED, EventTypes.INCIDENT_REOPENED);
  }

  @Test
  void closesAtOnceWithReasonAndWithoutReminders() {
    Incident incident = drift(WEB_A);
    fixture.settle();

    registry.close(incident, "the agent was removed");
    fixture.time.runFor(Duration.ofHours(49));

    assertThat(fixture.alerted())
        .containsExactly(EventTypes.DRIFT_DETECTED, EventTypes.DRIFT_RESOLVED);
    assertThat(fixture.alerts.get(1).field("message")).contains("the agent was removed");
  }

  @Test
  void closesInSilenceWhatWasAnnouncedAsHealed() {
    Incident incident = drift(WEB_A);
    fixture.settle();
    assertThat(registry.change(incident, Happening.APPLY_HELPED)).isTrue();
    registry.change(incident, Happening.TO_BE_APPLIED);

    registry.close(incident, "the agent was removed");

    assertThat(fixture.alerted()).containsExactly(EventTypes.DRIFT_DETECTED);
    assertThat(registry.status()).isEmpty();
  }

  @Test
  void remindsOfDriftThatCameBackAfterItWasHealed() {
    Incident incident = drift(WEB_A);
    registry.change(incident, Happening.APPLY_HELPED);
    registry.change(incident, Happening.TO_BE_APPLIED);

    fixture.time.runFor(Duration.ofHours(25));
    registry.close(incident, "");

    assertThat(fixture.alerted())
        .as("the receiver has it open again, so it hears the end")
        .containsExactly(
            EventTypes.DRIFT_DETECTED, EventTypes.DRIFT_REMINDER, EventTypes.DRIFT_RESOLVED);
  }

  @Test
  void listsOpenIncidentsOldestFirst() {
    Incident first = drift(Subject.ofTask("z", "z"));
    Incident second = drift(WEB_A);
    Incident third = drift(Subject.ofTask("m", "m"));
    registry.change(second, Happening.IN_SYNC);

    assertThat(registry.status())
        .extracting(status -> status.key())
        .containsExactly(first.key, third.key);
  }
}
