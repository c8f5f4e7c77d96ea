package dev.fluke.cli.http;

import dev.fluke.agent.Agent;
import dev.fluke.cli.audit.AuditTrail;
import dev.fluke.event.Event;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.report.FleetStatus;
import dev.fluke.report.FleetStatus.AgentStatus;
import dev.fluke.request.Scope;
import dev.fluke.text.DidYouMean;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The read-only pages of the API: what a reconciler knows. Safe for use by any thread. */
final class StatusPages {
  private static final int DEFAULT_EVENTS = 20;
  private static final int MAX_EVENTS = 1000;

  private final Reconciler reconciler;
  private final Supplier<Optional<AuditTrail.Health>> audit;
  private volatile boolean ready;

  StatusPages(Reconciler reconciler, Supplier<Optional<AuditTrail.Health>> audit) {
    this.reconciler = reconciler;
    this.audit = audit;
  }

  /**
   * Whether every source has a revision. It names no source, because it needs no token. Sources
   * keep their last good revision, so the answer stays, and costs nothing from then on.
   */
  ApiResponse ready() {
    if (ready) {
      return ApiResponse.plain(200, "ready\n");
    }
    long waiting = fleet().sources().stream().filter(source -> source.revision().isEmpty()).count();
    ready = waiting == 0;
    return ready
        ? ApiResponse.plain(200, "ready\n")
        : ApiResponse.plain(503, "sources without a revision: " + waiting + "\n");
  }

  ApiResponse metrics() {
    return new ApiResponse(
        200,
        "text/plain; version=0.0.4; charset=utf-8",
        Metrics.of(fleet()) + Metrics.of(audit.get()));
  }

  ApiResponse status() {
    return ApiResponse.json(200, Views.status(fleet(), audit.get()));
  }

  ApiResponse agents() {
    List<Map<String, Object>> agents = fleet().agents().stream().map(Views::agent).toList();
    return ApiResponse.json(200, Map.of("agents", agents));
  }

  ApiResponse agent(String name) {
    return ApiResponse.json(200, Views.agent(findAgent(name)));
  }

  /** A task as declared, with its outcome on each agent. */
  ApiResponse task(String name) {
    List<Task> all = reconciler.manifest().tasks();
    Task task =
        reconciler
            .manifest()
            .task(name)
            .orElseThrow(() -> unknown("task", name, all.stream().map(Task::name)));
    FleetStatus fleet = fleet();
    Map<String, Object> view = Views.declared(task);
    view.putIfAbsent("policy", fleet.defaultPolicy());
    view.put("agents", outcomes(fleet).filter(o -> name.equals(o.get("task"))).toList());
    return ApiResponse.json(200, view);
  }

  private static Stream<Map<String, Object>> outcomes(FleetStatus fleet) {
    return fleet.agents().stream()
        .flatMap(agent -> agent.tasks().stream().map(task -> Views.task(agent, task)));
  }

  ApiResponse drift() {
    List<Task> declared = reconciler.manifest().tasks();
    List<Map<String, Object>> drift =
        fleet().agents().stream().flatMap(agent -> Drift.of(agent, declared)).toList();
    return ApiResponse.json(200, Map.of("drift", drift));
  }

  /** The latest events of one agent, or of all and of Fluke itself; oldest first. */
  ApiResponse events(Map<String, String> parameters) {
    int limit = limit(parameters.getOrDefault("limit", String.valueOf(DEFAULT_EVENTS)));
    List<Event> events =
        agentsOf(parameters).stream()
            .flatMap(agent -> reconciler.events(agent, limit).stream())
            .sorted(Comparator.comparing(Event::cursor))
            .toList();
    List<Event> latest = events.subList(Math.max(0, events.size() - limit), events.size());
    return ApiResponse.json(200, Map.of("events", latest.stream().map(Views::event).toList()));
  }

  /** Events that belong to no agent are stored under the empty name. */
  private List<String> agentsOf(Map<String, String> parameters) {
    if (parameters.containsKey("agent")) {
      return List.of(findAgent(parameters.get("agent")).name());
    }
    List<String> all = new ArrayList<>(List.of(""));
    fleet().agents().forEach(agent -> all.add(agent.name()));
    return all;
  }

  private static int limit(String text) {
    if (!text.matches("[1-9]\\d{0,3}") || Integer.parseInt(text) > MAX_EVENTS) {
      throw new ApiException(400, "'limit' must be a number from 1 to " + MAX_EVENTS);
    }
    return Integer.parseInt(text);
  }

  /** The names of the agents that a scope covers now. */
  List<String> covered(Scope scope) {
    return fleet().agents().stream()
        .filter(agent -> scope.coversAgent(Agent.named(agent.name()).labels(agent.labels())))
        .map(AgentStatus::name)
        .toList();
  }

  private FleetStatus fleet() {
    return reconciler.status();
  }

  private AgentStatus findAgent(String name) {
    List<AgentStatus> all = fleet().agents();
    return all.stream()
        .filter(agent -> agent.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown("agent", name, all.stream().map(AgentStatus::name)));
  }

  private static ApiException unknown(String what, String name, Stream<String> known) {
    String hint = DidYouMean.hint(name, known.toList());
    return new ApiException(404, "no %s '%s'%s".formatted(what, name, hint));
  }
}
