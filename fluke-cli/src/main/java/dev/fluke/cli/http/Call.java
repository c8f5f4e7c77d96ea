package dev.fluke.cli.http;

import dev.fluke.cli.access.Caller;
import dev.fluke.request.Scope;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request on its way through the API, with what the audit shows of it. For one thread. */
final class Call {
  private final ApiRequest request;
  private @Nullable RunRequest asked;
  private String run = "";

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

  /** Keeps the id of the run that this request started. */
  void started(String id) {
    run = id;
  }

  /** The entry of this request; the status is 0 before its response is known. */
  AuditTrail.Entry entry(int status) {
    Optional<RunRequest> body = Optional.ofNullable(asked);
    return new AuditTrail.Entry(
        request.caller().name(),
        request.from(),
        request.method(),
        request.path(),
        body.map(RunRequest::scope).map(Scope::toString).orElse(""),
        body.map(RunRequest::force).orElse(false),
        body.map(RunRequest::onBehalfOf).orElse(""),
        body.map(RunRequest::reason).orElse(""),
        status,
        run);
  }
}
