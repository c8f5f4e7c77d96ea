package dev.fluke.cli.http;

import dev.fluke.event.Event;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.report.FleetStatus;
import dev.fluke.report.FleetStatus.AgentStatus;
import dev.fluke.source.PushWebhook;
import dev.fluke.text.DidYouMean;
import dev.fluke.time.Scheduler;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The API over a reconciler. Safe for use by any thread. */
public final class Api {
  private static final int EVENTS = 20;
  private static final int MOST_EVENTS = 1000;

  private final Reconciler reconciler;
  private final Scheduler scheduler;
  private final Runs runs;
  private final Optional<PushWebhook> hook;
  private final List<Route> routes =
      List.of(
          Route.open("GET", "/healthz", (request, names) -> ApiResponse.plain(200, "ok\n")),
          Route.open("GET", "/readyz", (request, names) -> ready()),
          Route.open("POST", "/hooks/git", (request, names) -> pushed(request)),
          Route.of("GET", "/metrics", (request, names) -> metrics()),
          Route.of("GET", "/v1/status", (r, names) -> ok(Views.status(status()))),
          Route.of("GET", "/v1/agents", (request, names) -> agents()),
          Route.of("GET", "/v1/agents/{name}", (r, names) -> ok(Views.agent(agent(names.get(0))))),
          Route.of("GET", "/v1/tasks/{name}", (request, names) -> task(names.get(0))),
          Route.of("GET", "/v1/drift", (request, names) -> drift()),
          Route.of("GET", "/v1/events", (request, names) -> events(request.parameters())),
          Route.of("POST", "/v1/plan", (request, names) -> plan(request)),
          Route.of("POST", "/v1/reconcile", (request, names) -> reconcile(request)),
          Route.of("GET", "/v1/runs/{id}", (request, names) -> run(names.get(0))));

  /** Over this reconciler; with what hears of pushes, if they are announced. */
  public Api(Reconciler reconciler, Scheduler scheduler, Optional<PushWebhook> hook) {
    this.reconciler = reconciler;
    this.scheduler = scheduler;
    this.runs = new Runs(reconciler, scheduler);
    this.hook = hook;
  }

  List<Route> routes() {
    return routes;
  }

  /** Whether nobody needs a token for what is asked. */
  boolean isOpen(ApiRequest request) {
    try {
      List<String> segments = request.segments();
      return routes.stream().anyMatch(route -> route.isOpen() && route.matches(segments));
    } catch (ApiException e) {
      return false;
    }
  }

  /** Answers a request, of whoever may ask it. */
  public ApiResponse answer(ApiRequest request) {
    try {
      List<String> segments = request.segments();
      List<Route> there = routes.stream().filter(route -> route.matches(segments)).toList();
      if (there.isEmpty()) {
        return ApiResponse.error(404, "there is no such page; docs/openapi.yaml lists all");
      }
      Optional<Route> route =
          there.stream().filter(it -> it.method().equals(request.method())).findFirst();
      return route.isPresent()
          ? route.get().answer(request, segments)
          : ApiResponse.error(405, "only " + there.get(0).method() + " is allowed here");
    } catch (ApiException e) {
      return ApiResponse.error(e.status(), String.valueOf(e.getMessage()));
    } catch (IllegalStateException e) {
      return ApiResponse.error(503, String.valueOf(e.getMessage()));
    }
  }

  private static ApiResponse ok(Map<String, ?> body) {
    return ApiResponse.json(200, body);
  }

  private FleetStatus status() {
    return reconciler.status();
  }

  /** Anybody may ask, so it names no source. */
  private ApiResponse ready() {
    long waiting =
        status().sources().stream().filter(source -> source.revision().isEmpty()).count();
    return waiting == 0
        ? ApiResponse.plain(200, "ready\n")
        : ApiResponse.plain(503, "sources that gave no revision yet: " + waiting + "\n");
  }

  private ApiResponse pushed(ApiRequest request) {
    PushWebhook.Answer answer =
        hook.map(it -> it.receive(request.headers(), request.body(), scheduler.now()))
            .orElse(PushWebhook.Answer.REFUSED);
    return ApiResponse.json(answer.status(), Map.of());
  }

  private ApiResponse metrics() {
    return new ApiResponse(200, "text/plain; version=0.0.4; charset=utf-8", Metrics.of(status()));
  }

  private ApiResponse agents() {
    return ok(Map.of("agents", status().agents().stream().map(Views::agent).toList()));
  }

  private AgentStatus agent(String name) {
    List<AgentStatus> all = status().agents();
    return all.stream()
        .filter(agent -> agent.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown("agent", name, all.stream().map(AgentStatus::name)));
  }

  private static ApiException unknown(String what, String name, Stream<String> known) {
    return new ApiException(
        404, "no " + what + " '" + name + "'" + DidYouMean.hint(name, known.toList()));
  }

  private ApiResponse task(String name) {
    List<Task> all = reconciler.manifest().tasks();
    Task task =
        reconciler
            .manifest()
            .task(name)
            .orElseThrow(() -> unknown("task", name, all.stream().map(Task::name)));
    Map<String, Object> told = Views.declared(task);
    told.putIfAbsent("policy", status().defaultPolicy());
    told.put("agents", outcomes().filter(o -> name.equals(o.get("task"))).toList());
    return ok(told);
  }

  private Stream<Map<String, Object>> outcomes() {
    return status().agents().stream()
        .flatMap(agent -> agent.tasks().stream().map(task -> Views.task(agent, task)));
  }

  private ApiResponse drift() {
    List<Task> declared = reconciler.manifest().tasks();
    return ok(
        Map.of(
            "drift",
            status().agents().stream().flatMap(agent -> Drift.of(agent, declared)).toList()));
  }

  private ApiResponse events(Map<String, String> parameters) {
    int limit = limit(parameters.getOrDefault("limit", String.valueOf(EVENTS)));
    List<String> of = new ArrayList<>();
    if (parameters.containsKey("agent")) {
      of.add(agent(parameters.get("agent")).name());
    } else {
      of.add("");
      status().agents().forEach(agent -> of.add(agent.name()));
    }
    List<Event> latest =
        of.stream()
            .flatMap(agent -> reconciler.events(agent, limit).stream())
            .sorted(Comparator.comparingLong(Event::sequence))
            .toList();
    int from = Math.max(0, latest.size() - limit);
    List<Event> told = latest.subList(from, latest.size());
    return ok(Map.of("events", told.stream().map(Views::event).toList()));
  }

  private static int limit(String text) {
    if (!text.matches("[1-9]\\d{0,3}") || Integer.parseInt(text) > MOST_EVENTS) {
      throw new ApiException(400, "'limit' must be a number from 1 to " + MOST_EVENTS);
    }
    return Integer.parseInt(text);
  }

  private ApiResponse plan(ApiRequest request) {
    return ApiResponse.json(202, runs.plan(RunRequest.of(request).scope()));
  }

  private ApiResponse reconcile(ApiRequest request) {
    return ApiResponse.json(202, runs.reconcile(RunRequest.of(request).run()));
  }

  private ApiResponse run(String id) {
    return ok(
        runs.find(id)
            .orElseThrow(
                () -> new ApiException(404, "no run '" + id + "'; the latest 200 are kept")));
  }
}
