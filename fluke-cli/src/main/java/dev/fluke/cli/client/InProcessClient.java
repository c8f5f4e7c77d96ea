package dev.fluke.cli.client;

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

/** A reconciler of this process's own, for one command. It is never started: it only obeys. */
public final class InProcessClient implements ApiClient {
  private static final URI HERE = URI.create("fluke:standalone");

  private final Scheduler scheduler = Scheduler.system();
  private final Reconciler reconciler;
  private final Api api;

  /**
   * As the config says.
   *
   * @throws IllegalStateException if no reconciler can be made of it
   */
  public InProcessClient(Config config) {
    this.reconciler = config.reconciler().build();
    this.api = new Api(reconciler, scheduler, Optional.empty());
  }

  @Override
  public ApiReply get(String target) throws UnreachableDaemonException {
    return answer("GET", target, "");
  }

  @Override
  public ApiReply post(String target, Map<String, ?> body) throws UnreachableDaemonException {
    return answer("POST", target, Json.write(body));
  }

  private ApiReply answer(String method, String target, String body)
      throws UnreachableDaemonException {
    ApiResponse answer =
        api.answer(ApiRequest.of(method, target, body.getBytes(StandardCharsets.UTF_8)));
    return ApiReply.of(HERE, answer.status(), answer.text());
  }

  @Override
  public void close() {
    reconciler.close();
    scheduler.close();
  }
}
