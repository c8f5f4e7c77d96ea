package dev.fluke.cli.http;

import java.util.Optional;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/** A connection of a client, and what it does now. Its {@link ConnectionTable} guards its state. */
final class ClientConnection {

  /** What a connection does. */
  enum Phase {
    /** The TLS handshake or the request is incomplete. */
    RECEIVING,
    /** The request is complete, and its response is being made. */
    WORKING,
    /** The client reads the response. */
    SENDING,
    /** The response was written; the client should close the connection. */
    ENDING;

    /** How soon such a connection makes room for another, the lowest first; empty if never. */
    Optional<Integer> order() {
      return switch (this) {
        case RECEIVING, ENDING -> Optional.of(0);
        case SENDING -> Optional.of(1);
        case WORKING -> Optional.empty();
      };
    }
  }

  private final String address;
  private final EndPoint endPoint;
  private Phase phase = Phase.RECEIVING;
  private long since;
  private long bytes;
  private Scheduler.@Nullable Task limit;

  ClientConnection(String address, EndPoint endPoint) {
    this.address = address;
    this.endPoint = endPoint;
  }

  /** The address of the client, as {@link ClientAddress} shows it. */
  String address() {
    return address;
  }

  /** The connection as the network has it: below TLS. */
  EndPoint endPoint() {
    return endPoint;
  }

  Phase phase() {
    return phase;
  }

  /** A number that is higher the later the phase began. */
  long since() {
    return since;
  }

  /** The bytes of a request or a response that the process holds for this connection. */
  long bytes() {
    return bytes;
  }

  void enter(Phase next, long at) {
    phase = next;
    since = at;
  }

  void hold(long length) {
    bytes += length;
  }

  /** Replaces the limit of the phase; the task of the last one is cancelled. */
  synchronized void limit(Scheduler.@Nullable Task task) {
    if (limit != null) {
      limit.cancel();
    }
    limit = task;
  }
}
