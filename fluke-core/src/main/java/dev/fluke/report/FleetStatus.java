package dev.fluke.report;

import dev.fluke.manifest.DriftCause;
import dev.fluke.manifest.DriftPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The state of a reconciler at one moment: its sources, agents, tasks, incidents and sinks. A
 * snapshot: it never changes.
 *
 * <p>{@link #toJson} writes all of it as JSON. Serializers that look for getters or fields, such as
 * Jackson and Gson, leave out parts or fail.
 *
 * <p>Immutable, so safe for use by any thread. A release may add components, so don't create one
 * outside tests.
 *
 * @param at when the snapshot was taken, by the wall clock
 * @param started whether the timers run, so that cycles come by themselves
 * @param pollInterval the time between two automatic cycles of an agent
 * @param defaultPolicy the drift policy of tasks that declare none
 * @param sources the sources of manifests, in the order of declaration
 * @param agents all agents, sorted by name
 * @param warnings problems that are not errors, for people
 * @param agentSupplier the supplier of agents; empty unless the builder got one
 * @param eventsDropped how many events subscribers, and values observers, lost because they were
 *     too slow
 * @param incidents the open incidents, the oldest first
 * @param sinks the alert sinks, in the order of declaration
 * @param eventStore the event store
 */
public record FleetStatus(
    Instant at,
    boolean started,
    Duration pollInterval,
    DriftPolicy defaultPolicy,
    List<SourceStatus> sources,
    List<AgentStatus> agents,
    List<String> warnings,
    Optional<AgentSupplierStatus> agentSupplier,
    long eventsDropped,
    List<IncidentStatus> incidents,
    List<SinkStatus> sinks,
    EventStoreStatus eventStore) {
  /** Copies the lists. */
  public FleetStatus {
    sources = List.copyOf(sources);
    agents = List.copyOf(agents);
    warnings = List.copyOf(warnings);
    incidents = List.copyOf(incidents);
    sinks = List.copyOf(sinks);
  }

  /**
   * The agent that has this name.
   *
   * @throws IllegalArgumentException if there is no such agent
   */
  public AgentStatus agent(String name) {
    return agents.stream()
        .filter(agent -> agent.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no agent '%s'".formatted(name)));
  }

  /**
   * One JSON object on one line:
   *
   * <pre>{@code
   * {"at":TIME, "started":true, "poll_interval":"60s", "default_policy":"remediate", "warnings":[TEXT…],
   *  "sources":[{"name":"infra", "revision":"4f2d9c1", "author":TEXT, "subject":TEXT, "time":TIME, "since":TIME,
   *              "answered_at":TIME, "last_error":TEXT, "errors":[TEXT…], "next_try":TIME}],
   *  "agents":[{"name":"web-01", "labels":{"role":"web"}, "state":"REACHABLE", "reason":TEXT, "next_try":TIME,
   *             "capabilities":[TEXT…], "remarks":[TEXT…],
   *             "tasks":[{"task":"nginx", "outcome":"DRIFTED", "cause":"REGRESSED", "since":TIME,
   *                       "last_in_sync_at":TIME, "held_until":TIME, "failures":0, "reason":TEXT,
   *                       "revision":"4f2d9c1", "remark":TEXT, "failed_run":"m87x2k3p-7"}]}],
   *  "agent_supplier":{"answered_at":TIME, "last_error":TEXT},
   *  "incidents":[{"key":TEXT, "about":"drift_detected", "agent":"web-01", "task":"nginx", "source":TEXT,
   *                "since":TIME}],
   *  "sinks":[{"name":TEXT, "pending":0, "delivered":7, "dropped":0, "last_error":TEXT, "next_try":TIME}],
   *  "event_store":{"pending":0, "written":42, "dropped":0, "last_error":TEXT, "next_try":TIME},
   *  "events_dropped":0}
   * }</pre>
   *
   * <p>What is empty or not known is left out, lists aside. Times are in UTC, as in {@code
   * 2025-03-13T14:22:01Z}. A release may add fields.
   */
  public String toJson() {
    return StatusJson.of(this);
  }

  /** The first of {@link #sources}, for reconcilers that have one. */
  public SourceStatus source() {
    return sources.get(0);
  }

  /**
   * The state of a source of manifests.
   *
   * @param name its name
   * @param revision the id of its revision in force; empty if there is none yet
   * @param author the author of that revision; empty if not known
   * @param subject the first line of that revision's commit message; empty if not known
   * @param time when that revision was made, if known
   * @param since when that revision came into force
   * @param answeredAt when the source last answered
   * @param lastError why the source is unavailable or its newest revision was rejected; empty if
   *     neither is so
   * @param errors what is wrong with the rejected revision, one line for each error
   * @param nextTry when Fluke polls the source next
   */
  public record SourceStatus(
      String name,
      Optional<String> revision,
      String author,
      String subject,
      Optional<Instant> time,
      Optional<Instant> since,
      Optional<Instant> answeredAt,
      String lastError,
      List<String> errors,
      Optional<Instant> nextTry) {
    /** Copies the list. */
    public SourceStatus {
      errors = List.copyOf(errors);
    }
  }

  /**
   * The state of the supplier of agents.
   *
   * @param answeredAt when its agents were last accepted; empty if they never were
   * @param lastError why the agents that it gave are not managed, or that it gives none; empty if
   *     neither is so
   */
  public record AgentSupplierStatus(Optional<Instant> answeredAt, String lastError) {}

  /** Whether an agent can be worked on. */
  public enum AgentState {
    /** Fluke has not contacted it yet. */
    NEW,
    /** It answered the last time, or needs no connection. */
    REACHABLE,
    /** It did not answer the last time; Fluke tries again. */
    UNREACHABLE,
    /** An executor ignores its interrupt; Fluke waits until that call returns. */
    STUCK
  }

  /**
   * The state of an agent.
   *
   * @param name its name
   * @param labels its labels
   * @param state whether it can be worked on
   * @param reason why it is in this state, for people; empty if there is nothing to add
   * @param nextTry when Fluke tries an unreachable agent again
   * @param capabilities the shells and programs on its host that Fluke can use, such as {@code
   *     timeout} and {@code flock}; empty while there is no connection
   * @param remarks facts about its host, for people
   * @param tasks its tasks that have ended at least once, sorted by name
   */
  public record AgentStatus(
      String name,
      Map<String, String> labels,
      AgentState state,
      String reason,
      Optional<Instant> nextTry,
      List<String> capabilities,
      List<String> remarks,
      List<TaskStatus> tasks) {
    /** Copies the lists. */
    public AgentStatus {
      labels = Map.copyOf(labels);
      capabilities = List.copyOf(capabilities);
      remarks = List.copyOf(remarks);
      tasks = List.copyOf(tasks);
    }

    /**
     * The task that has this name.
     *
     * @throws IllegalArgumentException if it has not ended on this agent yet
     */
    public TaskStatus task(String task) {
      return tasks.stream()
          .filter(status -> status.task().equals(task))
          .findFirst()
          .orElseThrow(
              () -> new IllegalArgumentException("no task '%s' on %s".formatted(task, name)));
    }
  }

  /**
   * The state of a task on an agent.
   *
   * @param task its name
   * @param outcome its last outcome
   * @param reason why it ended so, for people; empty if there is nothing to add
   * @param cause why it has drifted, if it has
   * @param since since when it has had this outcome
   * @param lastInSyncAt when a check last found it in sync
   * @param heldUntil when its back-off ends; empty if there is none
   * @param failures how many applies in a row failed
   * @param revision the id of the revision that declares it
   * @param remark what people should know of it, whatever its outcome, such as that something
   *     undoes it again and again; empty if there is nothing
   * @param failedRun the id of the run whose apply failed last, for {@code Reconciler.output};
   *     empty if the task was in sync since
   */
  public record TaskStatus(
      String task,
      Outcome outcome,
      String reason,
      Optional<DriftCause> cause,
      Instant since,
      Optional<Instant> lastInSyncAt,
      Optional<Instant> heldUntil,
      int failures,
      String revision,
      String remark,
      String failedRun) {}

  /**
   * An open incident.
   *
   * @param key the key of its alerts and events; the same after a restart
   * @param about the event that opened it, such as {@code drift_detected}
   * @param agent the name of its agent; empty if it is about a source
   * @param task the name of its task; empty if it is about an agent or a source
   * @param source the name of its source; empty if it is about an agent
   * @param since when it opened
   */
  public record IncidentStatus(
      String key,
      String about,
      Optional<String> agent,
      Optional<String> task,
      Optional<String> source,
      Instant since) {}

  /**
   * The state of an alert sink.
   *
   * @param name its name
   * @param pending how many alerts wait to be sent
   * @param delivered how many alerts were sent
   * @param dropped how many alerts were dropped because more than 50,000 waited
   * @param lastError why the last try failed; empty if it succeeded
   * @param nextTry when Fluke tries again after a failure
   */
  public record SinkStatus(
      String name,
      int pending,
      long delivered,
      long dropped,
      String lastError,
      Optional<Instant> nextTry) {}

  /**
   * The state of the event store.
   *
   * @param pending how many events wait to be written
   * @param written how many events were written
   * @param dropped how many events were dropped because more than 10,000 waited
   * @param lastError why the last try failed; empty if it succeeded
   * @param nextTry when Fluke tries again after a failure
   */
  public record EventStoreStatus(
      int pending, long written, long dropped, String lastError, Optional<Instant> nextTry) {}
}
