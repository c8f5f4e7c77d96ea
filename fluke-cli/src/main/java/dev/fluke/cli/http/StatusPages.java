package dev.fluke.cli.http;

import dev.fluke.cli.access.Caller;
import dev.fluke.cli.audit.AuditTrail;
import dev.fluke.event.Event;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.report.FleetStatus;
import dev.fluke.report.FleetStatus.AgentStatus;
import dev.fluke.request.Scope;
import dev.fluke.text.DidYouMean;
import dev.fluke.text.Printable;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The read-only pages of the API: what a caller may see of a reconciler. Safe for any thread. */
final class StatusPages {
  private static final int DEFAULT_EVENTS = 20;
  private static final int MAX_EVENTS = 1000;
  private static final int MAX_NAME = 100;

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
    long waiting =
        reconciler.status().sources().stream()
            .filter(source -> source.revision().isEmpty())
            .count();
    ready = waiting == 0;
    return ready
        ? ApiResponse.plain(200, "ready\n")
        : ApiResponse.plain(503, "sources without a revision: " + waiting + "\n");
  }

  /** A restricted caller gets no numbers of the whole fleet. */
  ApiResponse metrics(Caller caller) {
    FleetStatus fleet = view(caller).fleet();
    String text =
        caller.isRestricted()
            ? Metrics.ofAgents(fleet)
            : Metrics.of(fleet) + Metrics.of(audit.get());
    return new ApiResponse(200, "text/plain; version=0.0.4; charset=utf-8", text);
  }

  ApiResponse status(Caller caller) {
    FleetStatus fleet = view(caller).fleet();
    return ApiResponse.json(
        200,
        caller.isRestricted() ? Views.statusOfAgents(fleet) : Views.status(fleet, audit.get()));
  }

  ApiResponse agents(Caller caller) {
    List<Map<String, Object>> agents =
        view(caller).fleet().agents().stream().map(Views::agent).toList();
    return ApiResponse.json(200, Map.of("agents", agents));
  }

  ApiResponse agent(Caller caller, String name) {
    return ApiResponse.json(200, Views.agent(findAgent(view(caller), name)));
  }

  /** A task as declared, with its outcome on each agent. */
  ApiResponse task(Caller caller, String name) {
    List<Task> all = view(caller).tasks();
    Task task =
        all.stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow(() -> unknown("task", name, all.stream().map(Task::name)));
    FleetStatus fleet = view(caller).fleet();
    Map<String, Object> view = Views.declared(task);
    view.putIfAbsent("policy", fleet.defaultPolicy());
    view.put("agents", outcomes(fleet).filter(o -> name.equals(o.get("task"))).toList());
    return ApiResponse.json(200, view);
  }

  private static Stream<Map<String, Object>> outcomes(FleetStatus fleet) {
    return fleet.agents().stream()
        .flatMap(agent -> agent.tasks().stream().map(task -> Views.task(agent, task)));
  }

  ApiResponse drift(Caller caller) {
    List<Task> declared = reconciler.manifest().tasks();
    List<Map<String, Object>> drift =
        view(caller).fleet().agents().stream().flatMap(agent -> Drift.of(agent, declared)).toList();
    return ApiResponse.json(200, Map.of("drift", drift));
  }

  /** The latest events of one agent, or of all and of Fluke itself; oldest first. */
  ApiResponse events(Caller caller, Map<String, String> parameters) {
    int limit = limit(parameters.getOrDefault("limit", String.valueOf(DEFAULT_EVENTS)));
    CallerView view = view(caller);
    List<Event> events =
        Stream.concat(ofAgents(view, parameters, limit), ofNoAgent(view, parameters, limit))
            .sorted(Comparator.comparing(Event::cursor))
            .toList();
    List<Event> latest = events.subList(Math.max(0, events.size() - limit), events.size());
    return ApiResponse.json(200, Map.of("events", latest.stream().map(Views::event).toList()));
  }

  private Stream<Event> ofAgents(CallerView view, Map<String, String> parameters, int limit) {
    List<AgentStatus> agents =
        parameters.containsKey("agent")
            ? List.of(findAgent(view, parameters.get("agent")))
            : view.fleet().agents();
    return agents.stream()
        .flatMap(agent -> reconciler.events(agent.name(), limit).stream())
        .filter(view::seesOfAgent);
  }

  /** Events that belong to no agent are stored under the empty name. */
  private Stream<Event> ofNoAgent(CallerView view, Map<String, String> parameters, int limit) {
    return parameters.containsKey("agent")
        ? Stream.empty()
        : reconciler.events("", view.caller().isRestricted() ? MAX_EVENTS : limit).stream()
            .filter(view::seesOfNoAgent);
  }

  private static int limit(String text) {
    if (!text.matches("[1-9]\\d{0,3}") || Integer.parseInt(text) > MAX_EVENTS) {
      throw new ApiException(400, "'limit' must be a number from 1 to " + MAX_EVENTS);
    }
    return Integer.parseInt(text);
  }

  /** The names of the agents of a caller that a scope covers now. */
  List<String> covered(Caller caller, Scope scope) {
    return view(caller).fleet().agents().stream()
        .filter(agent -> scope.coversAgent(CallerView.declared(agent)))
        .map(AgentStatus::name)
        .toList();
  }

  private CallerView view(Caller caller) {
    return new CallerView(caller, reconciler);
  }

  private static AgentStatus findAgent(CallerView view, String name) {
    List<AgentStatus> all = view.fleet().agents();
    return all.stream()
        .filter(agent -> agent.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown("agent", name, all.stream().map(AgentStatus::name)));
  }

  private static ApiException unknown(String what, String name, Stream<String> known) {
    String hint = DidYouMean.hint(name, known.toList());
    return new ApiException(
        404, "no %s '%s'%s".formatted(what, Printable.shortened(name, MAX_NAME), hint));
  }
}
