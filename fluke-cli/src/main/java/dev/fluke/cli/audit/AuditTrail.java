package dev.fluke.cli.audit;

import dev.fluke.report.CycleReport;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Receives what callers ask of the API, and how each request ends. Used by many threads. */
public interface AuditTrail extends AutoCloseable {

  /**
   * A request of a caller.
   *
   * @param caller the name of the caller; empty if he was refused
   * @param from the address of the caller, {@code unix}, or {@code process}
   * @param method the method
   * @param path the path, encoded as in the URL, without the query
   * @param act what a plan or a manual run is to do; empty for other requests
   * @param status the HTTP status of the response; 0 before the run begins
   * @param run the id of the run; empty if there is none
   */
  record Entry(
      String caller,
      String from,
      String method,
      String path,
      Optional<Act> act,
      int status,
      String run) {}

  /**
   * What a plan or a manual run is to do.
   *
   * @param scope the scope, in words
   * @param agents the agents that the scope covers when the request comes
   * @param isForced whether the run applies steps that are in sync
   * @param onBehalfOf the person for whom the caller acts; empty if not given
   * @param reason the reason; may be empty
   */
  record Act(
      String scope, List<String> agents, boolean isForced, String onBehalfOf, String reason) {
    /** Copies the agents. */
    public Act {
      agents = List.copyOf(agents);
    }
  }

  /**
   * Whether entries can be kept.
   *
   * @param file the file of the entries
   * @param error why they can't be kept; empty if they can
   * @param since the time since when they can't be kept
   */
  record Health(String file, Optional<String> error, Optional<Instant> since) {}

  /**
   * A manual run is about to begin.
   *
   * @throws IOException if the entry can't be kept; then the run does not begin
   */
  void begins(Entry entry) throws IOException;

  /** A request has its response. A failure to keep the entry must not throw. */
  void responded(Entry entry);

  /** A manual run has ended. A failure to keep the entry must not throw. */
  void ended(Entry entry, CycleReport report);

  /** A manual run has ended without a report, for this reason. */
  void failed(Entry entry, String reason);

  /** Whether entries can be kept; empty if none are to be kept. */
  Optional<Health> health();

  /** Opens the place of the entries again, which is a new one after a rotation. */
  void reopen();

  /** Keeps the entries that wait. */
  @Override
  void close();

  /** Keeps nothing. */
  static AuditTrail none() {
    return new NoAudit();
  }
}
