package dev.fluke.cli.http;

import java.io.IOException;

/** Receives what callers ask of the API, and how each request ends. Used by many threads. */
public interface AuditTrail {

  /**
   * A request of a caller.
   *
   * @param caller the name of the caller; empty if he was refused
   * @param from the address of the caller, {@code unix}, or {@code process}
   * @param method the method
   * @param path the path, encoded as in the URL, without the query
   * @param scope the scope of a plan or a manual run, in words; empty for other requests
   * @param isForced whether the run applies steps that are in sync
   * @param onBehalfOf the person for whom the caller acts; empty if not given
   * @param reason the reason of the run; may be empty
   * @param status the HTTP status of the response; 0 before the run begins
   * @param run the id of the started run; empty if none was started
   */
  record Entry(
      String caller,
      String from,
      String method,
      String path,
      String scope,
      boolean isForced,
      String onBehalfOf,
      String reason,
      int status,
      String run) {}

  /**
   * A manual run is about to begin.
   *
   * @throws IOException if the entry can't be kept; then the run does not begin
   */
  void begins(Entry entry) throws IOException;

  /** A request has its response. A failure to keep the entry must not throw. */
  void ended(Entry entry);

  /** Keeps nothing. */
  static AuditTrail none() {
    return new AuditTrail() {
      @Override
      public void begins(Entry entry) {
        // nothing is kept
      }

      @Override
      public void ended(Entry entry) {
        // nothing is kept
      }
    };
  }
}
