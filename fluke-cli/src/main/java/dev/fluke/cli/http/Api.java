package dev.fluke.cli.http;

import dev.fluke.reconcile.Reconciler;
import dev.fluke.source.PushWebhook;
import dev.fluke.time.Scheduler;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The API of a reconciler: routes requests to pages. Safe for use by any thread. */
public final class Api {
  private final Scheduler scheduler;
  private final StatusPages pages;
  private final Runs runs;
  private final Optional<PushWebhook> webhook;
  private final List<Route> routes;

  /**
   * Creates the API of a reconciler.
   *
   * @param webhook receives announcements of pushes; empty to reject them
   */
  public Api(Reconciler reconciler, Scheduler scheduler, Optional<PushWebhook> webhook) {
    this.scheduler = scheduler;
    this.pages = new StatusPages(reconciler);
    this.runs = new Runs(reconciler, scheduler);
    this.webhook = webhook;
    this.routes = allRoutes();
  }

  private List<Route> allRoutes() {
    return List.of(
        Route.open("GET", "/healthz", (request, names) -> ApiResponse.plain(200, "ok\n")),
        Route.open("GET", "/readyz", (request, names) -> pages.ready()),
        Route.open("POST", "/hooks/git", (request, names) -> push(request)),
        Route.of("GET", "/metrics", (request, names) -> pages.metrics()),
        Route.of("GET", "/v1/status", (request, names) -> pages.status()),
        Route.of("GET", "/v1/agents", (request, names) -> pages.agents()),
        Route.of("GET", "/v1/agents/{name}", (request, names) -> pages.agent(names.get(0))),
        Route.of("GET", "/v1/tasks/{name}", (request, names) -> pages.task(names.get(0))),
        Route.of("GET", "/v1/drift", (request, names) -> pages.drift()),
        Route.of("GET", "/v1/events", (r, names) -> pages.events(r.parameters())),
        Route.of("POST", "/v1/plan", (request, names) -> plan(request)),
        Route.of("POST", "/v1/reconcile", (request, names) -> reconcile(request)),
        Route.of("GET", "/v1/runs/{id}", (request, names) -> run(names.get(0))));
  }

  List<Route> routes() {
    return routes;
  }

  /** Whether the requested page needs no token. */
  boolean isOpen(ApiRequest request) {
    try {
      List<String> segments = request.segments();
      return routes.stream().anyMatch(route -> route.isOpen() && route.matches(segments));
    } catch (ApiException e) {
      return false;
    }
  }

  /** Handles a request whose sender is authorised. */
  public ApiResponse handle(ApiRequest request) {
    try {
      return route(request, request.segments());
    } catch (ApiException e) {
      return ApiResponse.error(e.status(), String.valueOf(e.getMessage()));
    } catch (IllegalStateException e) {
      return ApiResponse.error(503, String.valueOf(e.getMessage()));
    }
  }

  private ApiResponse route(ApiRequest request, List<String> segments) {
    List<Route> matching = routes.stream().filter(route -> route.matches(segments)).toList();
    if (matching.isEmpty()) {
      return ApiResponse.error(404, "no such page; docs/openapi.yaml lists all pages");
    }
    Optional<Route> route =
        matching.stream().filter(it -> it.method().equals(request.method())).findFirst();
    return route.isPresent()
        ? route.get().handle(request, segments)
        : ApiResponse.error(405, "this page allows only " + matching.get(0).method());
  }

  private ApiResponse push(ApiRequest request) {
    PushWebhook.Answer answer =
        webhook
            .map(it -> it.receive(request.headers(), request.body(), scheduler.now()))
            .orElse(PushWebhook.Answer.REFUSED);
    return ApiResponse.json(answer.status(), Map.of());
  }

  private ApiResponse plan(ApiRequest request) {
    return ApiResponse.json(202, runs.plan(RunRequest.of(request).scope()));
  }

  private ApiResponse reconcile(ApiRequest request) {
    return ApiResponse.json(202, runs.reconcile(RunRequest.of(request).manualRun()));
  }

  private ApiResponse run(String id) {
    Map<String, Object> run =
        runs.find(id)
            .orElseThrow(
                () -> new ApiException(404, "no run '" + id + "'; the latest 200 are kept"));
    return ApiResponse.json(200, run);
  }
}
