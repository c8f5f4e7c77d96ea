package dev.fluke.cli.http;

import dev.fluke.cli.access.Right;
import dev.fluke.cli.audit.AuditTrail;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.report.CycleReport;
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import dev.fluke.source.PushWebhook;
import dev.fluke.text.Printable;
import dev.fluke.time.Scheduler;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The API of a reconciler: routes requests to pages. Safe for use by any thread. */
public final class Api {
  /** Where forges announce pushes. */
  static final String PUSHES = "/hooks/git";

  /** Who starts a run may read its result. */
  private static final Set<Right> OF_RUNS = Set.of(Right.READ, Right.PLAN, Right.RECONCILE);

  private final Scheduler scheduler;
  private final StatusPages pages;
  private final Runs runs;
  private final Optional<PushWebhook> webhook;
  private final AuditTrail audit;
  private final List<Route> routes;

  /**
   * Creates the API of a reconciler, without an audit.
   *
   * @param webhook receives announcements of pushes; empty to reject them
   */
  public Api(Reconciler reconciler, Scheduler scheduler, Optional<PushWebhook> webhook) {
    this(reconciler, scheduler, webhook, AuditTrail.none());
  }

  /**
   * Creates the API of a reconciler.
   *
   * @param webhook receives announcements of pushes; empty to reject them
   * @param audit receives what callers ask
   */
  public Api(
      Reconciler reconciler, Scheduler scheduler, Optional<PushWebhook> webhook, AuditTrail audit) {
    this.scheduler = scheduler;
    this.pages = new StatusPages(reconciler, audit::health);
    this.runs = new Runs(reconciler, scheduler);
    this.webhook = webhook;
    this.audit = audit;
    this.routes = allRoutes();
  }

  private List<Route> allRoutes() {
    return List.of(
        Route.open("GET", "/healthz", (call, names) -> ApiResponse.plain(200, "ok\n")),
        Route.open("GET", "/readyz", (call, names) -> pages.ready()),
        Route.open("POST", PUSHES, (call, names) -> push(call.request())),
        read("/metrics", (call, names) -> pages.metrics(call.caller())),
        read("/v1/status", (call, names) -> pages.status(call.caller())),
        read("/v1/agents", (call, names) -> pages.agents(call.caller())),
        read("/v1/agents/{name}", (call, names) -> pages.agent(call.caller(), names.get(0))),
        read("/v1/tasks/{name}", (call, names) -> pages.task(call.caller(), names.get(0))),
        read("/v1/drift", (call, names) -> pages.drift(call.caller())),
        read("/v1/events", (call, names) -> events(call)),
        Route.of("POST", "/v1/plan", Right.PLAN, (call, names) -> plan(call)),
        Route.of("POST", "/v1/reconcile", Right.RECONCILE, (call, names) -> reconcile(call)),
        Route.ofAny("GET", "/v1/runs/{id}", OF_RUNS, (call, names) -> run(call, names.get(0))));
  }

  private static Route read(String path, Route.Handler handler) {
    return Route.of("GET", path, Right.READ, handler);
  }

  List<Route> routes() {
    return routes;
  }

  /** Whether the requested page needs no caller. */
  boolean isOpen(ApiRequest request) {
    try {
      List<String> segments = request.segments();
      return routes.stream().anyMatch(route -> route.isOpen() && route.matches(segments));
    } catch (ApiException e) {
      return false;
    }
  }

  /** The page of this request as the API declares it, without what the client put into the path. */
  String page(ApiRequest request) {
    try {
      List<String> segments = request.segments();
      return routes.stream()
          .filter(route -> route.matches(segments))
          .map(Route::path)
          .findFirst()
          .orElse("an unknown page");
    } catch (ApiException e) {
      return "an unknown page";
    }
  }

  Scheduler scheduler() {
    return scheduler;
  }

  /** Handles a request of an authenticated caller, or of nobody for an open page. */
  public ApiResponse handle(ApiRequest request) {
    Call call = new Call(request);
    ApiResponse response = answer(call);
    if (!isOpen(request) && !call.isAudited()) {
      audit.responded(call.entry(response.status()));
    }
    return response;
  }

  /** Records a request that got this response before it was read completely. */
  void refused(ApiRequest head, ApiResponse response) {
    Call call = new Call(head);
    boolean isKnown = !head.caller().name().isEmpty();
    audit.responded(
        isKnown ? call.entry(response.status()) : call.ofStranger(page(head), response.status()));
  }

  private ApiResponse answer(Call call) {
    try {
      return route(call, call.request().segments());
    } catch (ApiException e) {
      return ApiResponse.error(e.status(), String.valueOf(e.getMessage()));
    } catch (IllegalStateException e) {
      return ApiResponse.error(503, String.valueOf(e.getMessage()));
    }
  }

  private ApiResponse route(Call call, List<String> segments) {
    List<Route> matching = routes.stream().filter(route -> route.matches(segments)).toList();
    if (matching.isEmpty()) {
      return ApiResponse.error(404, "no such page; docs/openapi.yaml lists all pages");
    }
    Optional<Route> route =
        matching.stream().filter(it -> it.method().equals(call.request().method())).findFirst();
    if (route.isEmpty()) {
      String allowed = matching.get(0).method();
      return ApiResponse.error(405, "this page allows only " + allowed).with("Allow", allowed);
    }
    require(call, route.get().rights());
    return route.get().handle(call, segments);
  }

  private static void require(Call call, Set<Right> any) {
    if (!any.isEmpty() && any.stream().noneMatch(call.caller()::may)) {
      String words = any.stream().sorted().map(Right::word).collect(Collectors.joining(" or "));
      throw new ApiException(403, "'%s' has no right to %s".formatted(call.caller().name(), words));
    }
  }

  private ApiResponse events(Call call) {
    return pages.events(call.caller(), call.request().parameters());
  }

  private ApiResponse push(ApiRequest request) {
    PushWebhook.Answer answer =
        webhook
            .map(it -> it.receive(request.headers(), request.body(), scheduler.now()))
            .orElse(PushWebhook.Answer.REFUSED);
    return ApiResponse.json(answer.status(), Map.of());
  }

  private ApiResponse plan(Call call) {
    RunRequest asked = call.asked();
    call.covers(pages.covered(call.caller(), asked.scope()));
    Scope scope = runs.within(call.caller(), asked.scope());
    return ApiResponse.json(202, runs.plan(call, scope));
  }

  private ApiResponse reconcile(Call call) {
    RunRequest asked = call.asked();
    call.covers(pages.covered(call.caller(), asked.scope()));
    if (asked.force()) {
      require(call, Set.of(Right.FORCE));
    }
    Scope scope = runs.within(call.caller(), asked.scope());
    ManualRun run = asked.manualRun(call.caller().name(), scope);
    return ApiResponse.json(
        202, runs.reconcile(call, run, () -> begin(call), (r, e) -> ended(call, r, e)));
  }

  /** A manual run that the audit can't keep does not begin. */
  private void begin(Call call) {
    try {
      audit.begins(call.entry(0));
      call.audited();
    } catch (IOException e) {
      throw new ApiException(
          503, "no manual run begins, because the audit can't be written: " + e.getMessage());
    }
  }

  private void ended(Call call, @Nullable CycleReport report, @Nullable Throwable failure) {
    if (report != null) {
      audit.ended(call.entry(0), report);
    } else {
      audit.failed(call.entry(0), String.valueOf(failure));
    }
  }

  private ApiResponse run(Call call, String id) {
    Map<String, Object> run =
        runs.find(call.caller(), id, Optional.ofNullable(call.request().parameters().get("agent")))
            .orElseThrow(
                () ->
                    new ApiException(
                        404,
                        "no run '" + Printable.shortened(id, 100) + "'; the latest 200 are kept"));
    return ApiResponse.json(200, run);
  }
}
