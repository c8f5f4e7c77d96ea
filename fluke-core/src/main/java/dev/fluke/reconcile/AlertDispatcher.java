package dev.fluke.reconcile;

import dev.fluke.alert.Alert;
import dev.fluke.alert.AlertFilter;
import dev.fluke.alert.AlertSink;
import dev.fluke.command.ShellQuoting;
import dev.fluke.event.Event;
import dev.fluke.event.EventTypes;
import dev.fluke.reconcile.Incident.Kind;
import dev.fluke.reconcile.Incident.Subject;
import dev.fluke.report.FleetStatus.SinkStatus;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;

/** Makes alerts of what happens to incidents, and hands them to the courier of each sink. */
final class AlertDispatcher {
  private static final int ID_BYTES = 16;

  private final Scheduler scheduler;
  private final EventRecorder journal;
  private final List<SinkDelivery> couriers;

  /** A sink, and which alerts it gets. */
  record Route(AlertSink sink, AlertFilter filter) {}

  AlertDispatcher(List<Route> routes, Scheduler scheduler, EventRecorder journal) {
    this.scheduler = scheduler;
    this.journal = journal;
    this.couriers =
        routes.stream()
            .map(route -> new SinkDelivery(route.sink(), route.filter(), scheduler, journal))
            .toList();
  }

  boolean haveNoSink() {
    return couriers.isEmpty();
  }

  void open(Incident incident, Event event) {
    note(EventTypes.INCIDENT_OPENED, incident);
    Alert alert = alert(incident, event, false);
    couriers.forEach(courier -> courier.offer(incident.number, true, alert));
  }

  void tell(Incident incident, Event event) {
    Alert alert = alert(incident, event, false);
    couriers.forEach(courier -> courier.offer(incident.number, false, alert));
  }

  void remind(Incident incident, Event event) {
    note(EventTypes.INCIDENT_REMINDED, incident);
    tell(incident, event.with("since", incident.since.truncatedTo(ChronoUnit.MILLIS).toString()));
  }

  void close(Incident incident, Event event) {
    Alert alert = alert(incident, event, true);
    couriers.forEach(courier -> courier.close(incident.number, alert, !incident.applied));
  }

  /** Tells of an incident in the events. */
  void note(String type, Incident incident) {
    journal.tell(
        type,
        event -> {
          Event told = event;
          for (String name : List.of("agent", "task", "source")) {
            Object value = incident.facts.fields().get(name);
            told = value == null ? told : told.with(name, value);
          }
          return told.with("about", incident.kind.begins).with("key", incident.key);
        });
  }

  private Alert alert(Incident incident, Event event, boolean closing) {
    boolean applicable = incident.kind == Kind.DRIFT || incident.kind == Kind.FAILURE;
    Event told =
        applicable && !closing ? event.with("command", commandFor(incident.subject)) : event;
    byte[] id = new byte[ID_BYTES];
    scheduler.random().nextBytes(id);
    return Alert.of(told, HexFormat.of().formatHex(id), incident.key, closing);
  }

  /** The manual run that would apply it, as one would type it. */
  private static String commandFor(Subject subject) {
    return "fluke reconcile task " + word(subject.task()) + " on " + word(subject.agent());
  }

  /** A name as one word of a shell command: a space is all that needs quoting in it. */
  private static String word(String name) {
    return name.contains(" ") ? ShellQuoting.quote(name) : name;
  }

  List<SinkStatus> status() {
    return couriers.stream().map(SinkDelivery::status).toList();
  }

  /** Lets what can be sent be sent, and then sends nothing more. */
  void close(Duration atMost) {
    long until = scheduler.nanoTime() + atMost.toNanos();
    for (SinkDelivery courier : couriers) {
      courier.close(Duration.ofNanos(Math.max(0, until - scheduler.nanoTime())));
    }
  }
}
