package dev.fluke.report;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What one cycle did: exactly one outcome for each agent and task it covered. Immutable. */
public final class CycleReport {
  private final long cycle;
  private final Trigger trigger;
  private final String actor;
  private final String reason;
  private final Instant startedAt;
  private final Instant endedAt;
  private final List<TaskReport> tasks;
  private final List<String> notes;
  private final boolean complete;

  private CycleReport(
      long cycle,
      Trigger trigger,
      String actor,
      String reason,
      Instant startedAt,
      Instant endedAt,
      List<TaskReport> tasks,
      List<String> notes,
      boolean complete) {
    this.cycle = cycle;
    this.trigger = trigger;
    this.actor = actor;
    this.reason = reason;
    this.startedAt = startedAt;
    this.endedAt = endedAt;
    this.tasks = tasks;
    this.notes = notes;
    this.complete = complete;
  }

  /** Made by the reconciler. */
  public static CycleReport of(
      long cycle,
      Trigger trigger,
      String actor,
      String reason,
      Instant startedAt,
      Instant endedAt,
      List<TaskReport> tasks,
      List<String> notes) {
    return new CycleReport(
        cycle,
        trigger,
        actor,
        reason,
        startedAt,
        endedAt,
        List.copyOf(tasks),
        List.copyOf(notes),
        true);
  }

  /** Made by the reconciler: the same, of a cycle that did not know of all that is declared. */
  public CycleReport incomplete() {
    return new CycleReport(cycle, trigger, actor, reason, startedAt, endedAt, tasks, notes, false);
  }

  /** Its number, rising from 1 while the process lives. */
  public long cycle() {
    return cycle;
  }

  /** What opened it. */
  public Trigger trigger() {
    return trigger;
  }

  /** Who asked for a manual run; {@code application} unless named; empty if nobody asked. */
  public String actor() {
    return actor;
  }

  /** Why it was asked for; empty if not said. */
  public String reason() {
    return reason;
  }

  /** When it was opened. */
  public Instant startedAt() {
    return startedAt;
  }

  /** When its last agent had finished. */
  public Instant endedAt() {
    return endedAt;
  }

  /** All outcomes, by agent in order of names, then by task in order. */
  public List<TaskReport> tasks() {
    return tasks;
  }

  /** The outcomes of one task; empty if it covered no agent. */
  public OfTask task(String name) {
    return new OfTask(name, tasks.stream().filter(t -> t.task().equals(name)).toList());
  }

  /** The outcomes on one agent; empty if it was not covered. */
  public List<TaskReport> agent(String name) {
    return tasks.stream().filter(t -> t.agent().equals(name)).toList();
  }

  /** What else is worth knowing, for people, such as that a scope matched nothing. */
  public List<String> notes() {
    return notes;
  }

  /**
   * Whether every source had given a revision when the cycle was opened. If not, there may be tasks
   * that nobody knows of yet; {@link #notes} say why.
   */
  public boolean isComplete() {
    return complete;
  }

  /** Whether every task is as declared now, and {@linkplain #isComplete all of them} are known. */
  public boolean succeeded() {
    return complete && tasks.stream().allMatch(t -> t.outcome().succeeded());
  }

  /** All outcomes and notes, a line each. */
  @Override
  public String toString() {
    String lines = tasks.stream().map(t -> "\n  " + t).collect(Collectors.joining());
    String more = notes.stream().map(n -> "\n  note: " + n).collect(Collectors.joining());
    return "cycle " + cycle + " (" + trigger + ")" + lines + more;
  }

  /**
   * The outcomes of one task.
   *
   * @param task its name
   * @param reports one for each agent that was covered
   */
  public record OfTask(String task, List<TaskReport> reports) {
    /** Copies the list. */
    public OfTask {
      reports = List.copyOf(reports);
    }

    /**
     * The one on this agent.
     *
     * @throws IllegalArgumentException if there is none
     */
    public TaskReport on(String agent) {
      Optional<TaskReport> found =
          reports.stream().filter(report -> report.agent().equals(agent)).findFirst();
      return found.orElseThrow(
          () ->
              new IllegalArgumentException(
                  "task '" + task + "' has no outcome on agent '" + agent + "': " + reports));
    }
  }
}
