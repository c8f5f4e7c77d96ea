package dev.fluke.cli.http;

import dev.fluke.agent.Agent;
import dev.fluke.cli.access.Caller;
import dev.fluke.event.Event;
import dev.fluke.event.EventTypes;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.report.FleetStatus;
import dev.fluke.report.FleetStatus.AgentStatus;
import dev.fluke.report.FleetStatus.EventStoreStatus;
import dev.fluke.report.FleetStatus.IncidentStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a caller may see of a reconciler. A restricted caller sees the agents that match his
 * selector by the labels that they have now, what happened on them, the tasks that are for them,
 * and the sources; never names or numbers of other agents.
 */
record CallerView(Caller caller, Reconciler reconciler) {
  /** The events without an agent that are about the manifests. */
  private static final Set<String> OF_SOURCES =
      Set.of(
          EventTypes.REVISION_ADOPTED,
          EventTypes.SOURCE_BROKEN,
          EventTypes.SOURCE_EMPTIED,
          EventTypes.SOURCE_RECOVERED,
          EventTypes.SOURCE_UNREACHABLE);

  /** The status, with only what the caller may see. */
  FleetStatus fleet() {
    FleetStatus all = reconciler.status();
    return caller.isRestricted() ? restricted(all) : all;
  }

  private FleetStatus restricted(FleetStatus all) {
    List<AgentStatus> agents = all.agents().stream().filter(this::sees).toList();
    Set<String> names = agents.stream().map(AgentStatus::name).collect(Collectors.toSet());
    return new FleetStatus(
        all.at(),
        all.started(),
        all.pollInterval(),
        all.defaultPolicy(),
        all.sources(),
        agents,
        List.of(),
        Optional.empty(),
        0,
        all.incidents().stream().filter(incident -> isAbout(incident, names)).toList(),
        List.of(),
        new EventStoreStatus(0, 0, 0, "", Optional.empty()));
  }

  private static boolean isAbout(IncidentStatus incident, Set<String> agents) {
    return incident.agent().isPresent()
        ? agents.contains(incident.agent().get())
        : incident.source().isPresent();
  }

  private boolean sees(AgentStatus agent) {
    return caller.knows(agent.name(), agent.labels());
  }

  /** The declared tasks that are for an agent that the caller may see. */
  List<Task> tasks() {
    List<Task> all = reconciler.manifest().tasks();
    if (!caller.isRestricted()) {
      return all;
    }
    List<Agent> agents = agents(reconciler.status());
    return all.stream().filter(task -> agents.stream().anyMatch(task.selector()::matches)).toList();
  }

  private List<Agent> agents(FleetStatus status) {
    return status.agents().stream().filter(this::sees).map(CallerView::declared).toList();
  }

  /** An agent with the name and the labels of this one. */
  static Agent declared(AgentStatus agent) {
    return Agent.named(agent.name()).labels(agent.labels());
  }

  /**
   * Whether the caller may see an event of an agent that he may see: not if the agent had labels
   * then that he may not.
   */
  boolean seesOfAgent(Event event) {
    return !caller.isRestricted()
        || !(event.fields().get("agent") instanceof Map<?, ?> agent)
        || !(agent.get("labels") instanceof Map<?, ?> labels)
        || caller.knows(event.agent().orElse(""), texts(labels));
  }

  private static Map<String, String> texts(Map<?, ?> labels) {
    Map<String, String> texts = new HashMap<>();
    labels.forEach((key, value) -> texts.put(String.valueOf(key), String.valueOf(value)));
    return texts;
  }

  /** Whether the caller may see an event that is about no agent. */
  boolean seesOfNoAgent(Event event) {
    boolean own =
        event.type().equals(EventTypes.MANUAL_RUN)
            && event.field("actor").equals(Optional.of(caller.name()));
    return !caller.isRestricted() || own || OF_SOURCES.contains(event.type());
  }
}
