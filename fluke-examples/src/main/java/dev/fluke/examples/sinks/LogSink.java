package dev.fluke.examples.sinks;

import static java.util.Objects.requireNonNull;

import dev.fluke.alert.Alert;
import dev.fluke.alert.AlertSink;
import org.slf4j.Logger;

/**
 * Writes each alert as one line of a log: a warning, and information when it is over. Immutable.
 */
public final class LogSink implements AlertSink {
  private final Logger log;

  private LogSink(Logger log) {
    this.log = log;
  }

  /** Writes with this logger. */
  public static LogSink to(Logger log) {
    return new LogSink(requireNonNull(log, "log"));
  }

  @Override
  public void send(Alert alert) {
    if (alert.isClosing()) {
      log.info("{} [incident {} is closed]", alert.summary(), alert.key());
    } else {
      log.warn("{} [incident {} is open]", alert.summary(), alert.key());
    }
  }
}
