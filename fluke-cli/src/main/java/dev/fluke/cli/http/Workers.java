package dev.fluke.cli.http;

import java.util.Objects;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The threads that run the requests of one connector, which may make the API wait. Each connector
 * has its own, so that those who may connect to one hold no thread of another.
 */
final class Workers extends QueuedThreadPool {
  private static final int FOR_CALLERS = 16;
  private static final int FOR_METRICS = 2;

  private Workers(int most) {
    super(most, Math.min(most, 2));
    setName("fluke api");
    setDaemon(true);
  }

  /** For a connector that serves callers. */
  static Workers forCallers() {
    return new Workers(FOR_CALLERS);
  }

  /** For a connector that serves metrics to everybody. */
  static Workers forMetrics() {
    return new Workers(FOR_METRICS);
  }

  /** The threads for a request. */
  static Workers of(Request request) {
    return Objects.requireNonNull(
        request.getConnectionMetaData().getConnector().getBean(Workers.class));
  }
}
