package dev.fluke.reconcile.internal.incident;

import dev.fluke.alert.Alert;
import dev.fluke.command.ShellQuoting;
import dev.fluke.event.Event;
import dev.fluke.event.EventTypes;
import dev.fluke.reconcile.internal.config.AlertRoute;
import dev.fluke.reconcile.internal.config.LoopThread;
import dev.fluke.reconcile.internal.delivery.SinkDelivery;
import dev.fluke.reconcile.internal.incident.Incident.Kind;
import dev.fluke.reconcile.internal.record.EventRecorder;
import dev.fluke.report.FleetStatus.SinkStatus;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Turns changes of incidents into alerts, and queues them for each sink; {@link #wake} sends them.
 */
public final class AlertDispatcher {
  private static final int ID_BYTES = 16;

  private final Scheduler scheduler;
  private final EventRecorder recorder;
  private final List<SinkDelivery> deliveries;
  private volatile boolean queued;

  public AlertDispatcher(
      List<AlertRoute> routes, Scheduler scheduler, LoopThread thread, EventRecorder recorder) {
    this.scheduler = scheduler;
    this.recorder = recorder;
    this.deliveries =
        routes.stream().map(route -> new SinkDelivery(route, scheduler, thread, recorder)).toList();
  }

  public boolean hasNoSink() {
    return deliveries.isEmpty();
  }

  public void open(Incident incident, Event event) {
    note(EventTypes.INCIDENT_OPENED, incident);
    Alert alert = alert(incident, event, false);
    deliveries.forEach(delivery -> delivery.offer(incident.number, true, alert));
    queued = true;
  }

  public void publish(Incident incident, Event event) {
    Alert alert = alert(incident, event, false);
    deliveries.forEach(delivery -> delivery.offer(incident.number, false, alert));
    queued = true;
  }

  public void remind(Incident incident, Event event) {
    note(EventTypes.INCIDENT_REMINDED, incident);
    publish(
        incident, event.with("since", incident.since.truncatedTo(ChronoUnit.MILLIS).toString()));
  }

  public void close(Incident incident, Event event) {
    Alert alert = alert(incident, event, true);
    deliveries.forEach(delivery -> delivery.close(incident.number, alert, !incident.isApplied()));
    queued = true;
  }

  /** Sends the alerts that were queued. To be called without a lock. */
  void wake() {
    if (queued) {
      queued = false;
      deliveries.forEach(SinkDelivery::wake);
    }
  }

  /** Publishes a change of an incident as an event. */
  public void note(String type, Incident incident) {
    recorder.publish(
        type,
        event -> {
          Event described = event;
          for (String name : List.of("agent", "task", "source")) {
            Object value = incident.facts().fields().get(name);
            described = value == null ? described : described.with(name, value);
          }
          return described.with("about", incident.kind.begins).with("key", incident.key);
        });
  }

  private Alert alert(Incident incident, Event event, boolean closing) {
    boolean applicable = incident.kind == Kind.DRIFT || incident.kind == Kind.FAILURE;
    Event described =
        applicable && !closing ? event.with("command", commandFor(incident.subject)) : event;
    byte[] id = new byte[ID_BYTES];
    scheduler.random().nextBytes(id);
    return Alert.of(described, HexFormat.of().formatHex(id), incident.key, closing);
  }

  /** The command line of the manual run that would apply it. */
  private static String commandFor(Subject subject) {
    return "fluke reconcile task " + word(subject.task()) + " on " + word(subject.agent());
  }

  /** A name as one word of a shell command; in names, only spaces need quotes. */
  private static String word(String name) {
    return name.contains(" ") ? ShellQuoting.quote(name) : name;
  }

  public List<SinkStatus> status() {
    return deliveries.stream().map(SinkDelivery::status).toList();
  }

  /**
   * Waits until all alerts that are due were sent, at most as long as given, then sends nothing
   * more.
   */
  public void close(Duration atMost) {
    CompletableFuture<Void> idle =
        CompletableFuture.allOf(
            deliveries.stream().map(SinkDelivery::idle).toArray(CompletableFuture<?>[]::new));
    try {
      scheduler.await(idle, atMost);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    deliveries.forEach(SinkDelivery::close);
  }
}
