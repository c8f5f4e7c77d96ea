package dev.fluke.tests.alert;

import dev.fluke.alert.Alert;
import dev.fluke.alert.AlertFilter;
import dev.fluke.alert.AlertSink;
import dev.fluke.report.FleetStatus.SinkStatus;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Later;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A sink that notes each try to send it something, and does what it is told. */
public final class Receiver implements AlertSink {
  private final FlukeKit kit;
  private final List<Try> tries = new ArrayList<>();
  private final List<Alert> took = new ArrayList<>();
  private volatile Answer answer = alert -> {};

  /** A try, and when it began, by a clock that nobody moves. */
  record Try(Duration at, Alert alert) {}

  /** What becomes of a try. */
  public interface Answer {
    void to(Alert alert) throws Exception;
  }

  private Receiver(FlukeKit kit) {
    this.kit = kit;
  }

  /** One that takes everything, beside the kit's own. */
  public static Receiver of(FlukeKit kit) {
    return of(kit, AlertFilter.everything());
  }

  public static Receiver of(FlukeKit kit, AlertFilter filter) {
    Receiver receiver = new Receiver(kit);
    kit.configure(builder -> builder.alerts(receiver, filter));
    return receiver;
  }

  public Receiver does(Answer next) {
    answer = next;
    return this;
  }

  public Receiver works() {
    return does(alert -> {});
  }

  public Receiver isDown() {
    return does(
        alert -> {
          throw new IOException("connection refused");
        });
  }

  /** Takes that long for each. */
  public Receiver takes(Duration time) {
    return does(alert -> kit.time().sleep(time));
  }

  /** Ignores even its interrupt until this is done. */
  public Receiver hangsUntil(CompletableFuture<?> letGo) {
    return does(alert -> Later.awaitStubbornly(kit, letGo));
  }

  @Override
  public void send(Alert alert) throws Exception {
    tries.add(new Try(Duration.ofNanos(kit.time().nanoTime()), alert));
    answer.to(alert);
    took.add(alert);
  }

  /** What it was asked to take, in order, each as often as it was tried. */
  public List<Alert> tried() {
    return tries.stream().map(Try::alert).toList();
  }

  List<Duration> triedAt() {
    return tries.stream().map(Try::at).toList();
  }

  /** How long passed between one try and the next. */
  public List<Duration> waits() {
    List<Duration> waits = new ArrayList<>();
    for (int i = 1; i < tries.size(); i++) {
      waits.add(tries.get(i).at.minus(tries.get(i - 1).at));
    }
    return waits;
  }

  public List<Alert> took() {
    return List.copyOf(took);
  }

  public List<String> tookEvents() {
    return took.stream().map(Alert::event).toList();
  }

  /** How the reconciler sees the first of these receivers. */
  public static SinkStatus status(FlukeKit kit) {
    return kit.reconciler().status().sinks().get(1);
  }
}
