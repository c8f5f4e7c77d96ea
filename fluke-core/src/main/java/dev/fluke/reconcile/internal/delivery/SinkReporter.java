package dev.fluke.reconcile.internal.delivery;

import static java.util.Objects.requireNonNull;

import dev.fluke.alert.Alert;
import dev.fluke.alert.AlertSink;
import dev.fluke.event.EventTypes;
import dev.fluke.reconcile.internal.record.EventRecorder;
import dev.fluke.text.Printable;

/** Reports about one sink by its name. */
record SinkReporter(String name, EventRecorder recorder) {
  /** Calls the sink once, so that a failing name() does no harm later. */
  static String nameOf(AlertSink sink) {
    try {
      return Printable.of(requireNonNull(sink.name()));
    } catch (Throwable t) {
      return sink.getClass().getName();
    }
  }

  /** The text without secrets. */
  String hide(String text) {
    return recorder.mask().hide(text);
  }

  /** The sink took an alert in none of its first tries. */
  void undelivered(Alert alert, String lastError) {
    recorder.publish(
        EventTypes.ALERT_UNDELIVERED,
        event ->
            event
                .with("sink", name)
                .with("alert", alert.event())
                .with("id", alert.id())
                .with("key", alert.key())
                .with("message", lastError));
  }
}
