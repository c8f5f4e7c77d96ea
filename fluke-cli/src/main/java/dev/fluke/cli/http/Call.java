package dev.fluke.cli.http;

import dev.fluke.cli.access.Caller;
import dev.fluke.cli.audit.AuditTrail;
import dev.fluke.command.Mask;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request on its way through the API, with what the audit shows of it. For one thread. */
final class Call {
  private final ApiRequest request;
  private @Nullable RunRequest asked;
  private List<String> agents = List.of();
  private String run = "";
  private boolean isAudited;

  Call(ApiRequest request) {
    this.request = request;
  }

  ApiRequest request() {
    return request;
  }

  Caller caller() {
    return request.caller();
  }

  /** Reads the body as a request for a plan or a manual run. */
  RunRequest asked() {
    if (asked == null) {
      asked = RunRequest.of(request);
    }
    return asked;
  }

  /** Keeps the names of the agents that the requested scope covers. */
  void covers(List<String> names) {
    agents = names;
  }

  /** Keeps the id of the run that this request starts. */
  void starts(String id) {
    run = id;
  }

  String run() {
    return run;
  }

  /** The audit has an entry of the run, so that the response needs none. */
  void audited() {
    isAudited = true;
  }

  boolean isAudited() {
    return isAudited;
  }

  /** The entry of this request; the status is 0 before its response is known. */
  AuditTrail.Entry entry(int status) {
    Mask sent = request.credentials();
    return new AuditTrail.Entry(
        request.caller().name(),
        request.from(),
        sent.hide(request.method()),
        sent.hide(request.path()),
        Optional.ofNullable(asked).map(body -> act(body, sent)),
        status,
        run);
  }

  /** The entry of a request whose sender is not known: it shows the page, not the sender's text. */
  AuditTrail.Entry ofStranger(String page, int status) {
    return new AuditTrail.Entry(
        "", request.from(), request.method(), page, Optional.empty(), status, "");
  }

  private AuditTrail.Act act(RunRequest body, Mask sent) {
    return new AuditTrail.Act(
        sent.hide(body.scope().toString()),
        agents,
        body.force(),
        sent.hide(body.onBehalfOf()),
        sent.hide(body.reason()));
  }
}
