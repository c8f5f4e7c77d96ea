package dev.fluke.report;

import dev.fluke.manifest.DriftCause;
import dev.fluke.manifest.DriftPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the fleet stands, at one moment. Immutable; safe for use by any thread.
 *
 * @param at when
 * @param started whether the timers run
 * @param pollInterval the time between two cycles of an agent
 * @param defaultPolicy what happens on drift unless a task says otherwise
 * @param sources where the manifests come from, and how that goes; in the order of declaration
 * @param agents all agents, by name
 * @param warnings what looks wrong but is no error, for people
 * @param eventsDropped events that subscribers were too slow for
 * @param incidents those that are open, the oldest first
 * @param sinks where alerts go, and how that goes; in the order of declaration
 */
public record FleetStatus(
    Instant at,
    boolean started,
    Duration pollInterval,
    DriftPolicy defaultPolicy,
    List<SourceStatus> sources,
    List<AgentStatus> agents,
    List<String> warnings,
    long eventsDropped,
    List<IncidentStatus> incidents,
    List<SinkStatus> sinks) {
  /** Copies the lists. */
  public FleetStatus {
    sources = List.copyOf(sources);
    agents = List.copyOf(agents);
    warnings = List.copyOf(warnings);
    incidents = List.copyOf(incidents);
    sinks = List.copyOf(sinks);
  }

  /**
   * One agent.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public AgentStatus agent(String name) {
    return agents.stream()
        .filter(agent -> agent.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no agent '" + name + "'"));
  }

  /** The source, where there is but one; else the first of {@link #sources}. */
  public SourceStatus source() {
    return sources.get(0);
  }

  /**
   * Where manifests come from.
   *
   * @param name what it is called
   * @param revision the id of its revision in force; empty if there is none yet
   * @param author who made that revision; empty if not known
   * @param subject why, in one line; empty if not known
   * @param time when it was made, if that is known
   * @param since when it was adopted
   * @param answeredAt when the source answered last
   * @param lastError why it gives nothing new: unavailable, or it gave a wrong revision; empty if
   *     all is well
   * @param errors what is wrong with a refused revision, each on one line
   * @param nextTry when it is looked at next without being asked
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

  /** How an agent stands. */
  public enum AgentState {
    /** Nothing was asked of it yet. */
    NEW,
    /** It answered last time, or needs no connection. */
    REACHABLE,
    /** It did not. */
    UNREACHABLE,
    /** A call into an executor ignores its interrupt; nothing can be done until it returns. */
    STUCK
  }

  /**
   * One agent.
   *
   * @param name its name
   * @param labels its labels
   * @param state how it stands
   * @param reason why, for people; empty if there is nothing to say
   * @param nextTry when an unreachable one is tried again
   * @param capabilities which of the shells and programs that Fluke can use were found on its host,
   *     such as {@code timeout} and {@code flock}; none while there is no connection
   * @param remarks what is worth knowing about its host
   * @param tasks its tasks, in order of names
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
     * One task.
     *
     * @throws IllegalArgumentException if it has not ended on this agent yet
     */
    public TaskStatus task(String task) {
      return tasks.stream()
          .filter(status -> status.task().equals(task))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("no task '" + task + "' on " + name));
    }
  }

  /**
   * One task on one agent.
   *
   * @param task its name
   * @param outcome how it ended last
   * @param reason why, for people
   * @param cause why it has drifted, if it has
   * @param since when it first ended so
   * @param lastInSyncAt when it was last seen in sync
   * @param heldUntil until when it is left alone after a failure
   * @param failures applies in a row that failed
   * @param revision the id of the revision it was judged by
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
      String revision) {}

  /**
   * An incident that is open.
   *
   * @param key the same in its alerts and events, and after a restart
   * @param about what it began with, such as {@code drift_detected}
   * @param agent the name of its agent, unless it is about a source
   * @param task the name of its task, if it is about one
   * @param source the name of the source, if it is about one
   * @param since when it was opened
   */
  public record IncidentStatus(
      String key,
      String about,
      Optional<String> agent,
      Optional<String> task,
      Optional<String> source,
      Instant since) {}

  /**
   * A sink of alerts.
   *
   * @param name what it is called
   * @param pending how many alerts it did not take yet
   * @param delivered how many it took
   * @param dropped how many were given up, because more than 50,000 were owed
   * @param lastError why it did not take the last one; empty if all is well
   * @param nextTry when one that does not answer is tried again
   */
  public record SinkStatus(
      String name,
      int pending,
      long delivered,
      long dropped,
      String lastError,
      Optional<Instant> nextTry) {}
}
