package dev.fluke.cli.client;

import dev.fluke.cli.access.Caller;
import dev.fluke.cli.audit.AuditTrail;
import dev.fluke.cli.config.Config;
import dev.fluke.cli.http.Api;
import dev.fluke.cli.http.ApiRequest;
import dev.fluke.cli.http.ApiResponse;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.text.Json;
import dev.fluke.time.Scheduler;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** A reconciler in this process, for one command. It is never started: it runs only requests. */
public final class InProcessClient implements ApiClient {
  private static final URI HERE = URI.create("fluke:standalone");

  private final Scheduler scheduler = Scheduler.system();
  private final Reconciler reconciler;
  private final AuditTrail audit;
  private final Api api;
  private final Caller caller;

  /**
   * Builds the reconciler of this config.
   *
   * @param caller who sends the requests
   * @throws IllegalStateException if the config declares no valid reconciler
   */
  public InProcessClient(Config config, Caller caller) {
    this.caller = caller;
    this.reconciler = config.reconciler().build();
    this.audit = config.audit().open(scheduler);
    this.api = new Api(reconciler, scheduler, Optional.empty(), audit);
  }

  @Override
  public ApiReply get(String target) throws UnreachableDaemonException {
    return request("GET", target, "");
  }

  @Override
  public ApiReply post(String target, Map<String, ?> body) throws UnreachableDaemonException {
    return request("POST", target, Json.write(body));
  }

  private ApiReply request(String method, String target, String body)
      throws UnreachableDaemonException {
    ApiResponse response =
        api.handle(ApiRequest.of(caller, method, target, body.getBytes(StandardCharsets.UTF_8)));
    return ApiReply.of(HERE, response.status(), response.text());
  }

  @Override
  public void close() {
    reconciler.close();
    audit.close();
    scheduler.close();
  }
}
