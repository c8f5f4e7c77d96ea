package dev.fluke.report;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What one cycle did: one outcome for each task on each agent that it covered.
 *
 * <p>{@link #toJson} writes all of it as JSON. Serializers that look for getters or fields, such as
 * Jackson and Gson, leave out parts or fail.
 *
 * <p>Immutable, so safe for use by any thread.
 */
public final class CycleReport {
  private final Opening opening;
  private final Instant endedAt;
  private final List<TaskReport> tasks;
  private final List<String> notes;
  private final boolean complete;

  private CycleReport(
      Opening opening,
      Instant endedAt,
      List<TaskReport> tasks,
      List<String> notes,
      boolean complete) {
    this.opening = opening;
    this.endedAt = endedAt;
    this.tasks = tasks;
    this.notes = notes;
    this.complete = complete;
  }

  /**
   * How a cycle began. Made by the reconciler.
   *
   * @param cycle its number
   * @param trigger what opened it
   * @param at when
   * @param request who asked for it, and why
   */
  public record Opening(long cycle, Trigger trigger, Instant at, Request request) {}

  /**
   * Who asked for a manual run, and why; all empty for a cycle that nobody asked for.
   *
   * @param actor a person or system
   * @param reason may be empty
   * @param onBehalfOf for whom the actor asked, as the actor says; may be empty
   */
  public record Request(String actor, String reason, String onBehalfOf) {
    /** The request of a cycle that nobody asked for. */
    public static final Request NONE = new Request("", "");

    /** A request of this actor, on behalf of nobody else. */
    public Request(String actor, String reason) {
      this(actor, reason, "");
    }
  }

  /** Made by the reconciler. The report is {@linkplain #isComplete complete}. */
  public static CycleReport of(
      Opening opening, Instant endedAt, List<TaskReport> tasks, List<String> notes) {
    return new CycleReport(opening, endedAt, List.copyOf(tasks), List.copyOf(notes), true);
  }

  /** The same report, marked as not {@linkplain #isComplete complete}. Made by the reconciler. */
  public CycleReport incomplete() {
    return new CycleReport(opening, endedAt, tasks, notes, false);
  }

  /** Its number. The first cycle of a reconciler is 1, each next one is higher. */
  public long cycle() {
    return opening.cycle();
  }

  /** What opened it. */
  public Trigger trigger() {
    return opening.trigger();
  }

  /**
   * Who asked for a manual run. The default is {@code application}; empty if nobody asked for this
   * cycle.
   */
  public String actor() {
    return opening.request().actor();
  }

  /** For whom the actor asked, as the actor says; empty if not said. Nothing proves it. */
  public String onBehalfOf() {
    return opening.request().onBehalfOf();
  }

  /** Why somebody asked for it; empty if not said. */
  public String reason() {
    return opening.request().reason();
  }

  /** When it was opened, by the wall clock. */
  public Instant startedAt() {
    return opening.at();
  }

  /** When its last agent finished, by the wall clock. */
  public Instant endedAt() {
    return endedAt;
  }

  /** All outcomes, sorted by agent name; those of an agent in the order of its tasks. */
  public List<TaskReport> tasks() {
    return tasks;
  }

  /** The outcomes of one task; without reports if the cycle covered it on no agent. */
  public OfTask task(String name) {
    return new OfTask(name, tasks.stream().filter(t -> t.task().equals(name)).toList());
  }

  /** The outcomes on one agent; empty if the cycle did not cover it. */
  public List<TaskReport> agent(String name) {
    return tasks.stream().filter(t -> t.agent().equals(name)).toList();
  }

  /** Remarks for people, such as that the scope matched nothing. */
  public List<String> notes() {
    return notes;
  }

  /**
   * Whether every source had given a revision when the cycle was opened. If not, tasks may be
   * missing, and {@link #notes} say why.
   */
  public boolean isComplete() {
    return complete;
  }

  /**
   * Whether each task {@linkplain Outcome#succeeded is as declared now}, and the report is
   * {@linkplain #isComplete complete}.
   */
  public boolean succeeded() {
    return complete && tasks.stream().allMatch(t -> t.outcome().succeeded());
  }

  /**
   * One JSON object on one line:
   *
   * <pre>{@code
   * {"cycle":7, "trigger":"manual", "actor":"ci", "on_behalf_of":"ann", "reason":"ticket 7",
   *  "started_at":TIME, "ended_at":TIME, "succeeded":false, "complete":true, "notes":[TEXT…],
   *  "tasks":[{"agent":"web-01", "task":"nginx", "outcome":"FAILED", "cause":"REGRESSED", "policy":"remediate",
   *            "reason":TEXT, "remark":TEXT, "revision":"4f2d9c1", "run":"m87x2k3p-7",
   *            "steps":[{"step":"service", "outcome":"FAILED", "message":TEXT, "output":TEXT,
   *                      "differences":[{"what":"state", "expected":"running", "found":"stopped"}]}]}]}
   * }</pre>
   *
   * <p>What is empty or not known is left out, lists aside. Times are in UTC, as in {@code
   * 2025-03-13T14:22:01Z}. A release may add fields.
   */
  public String toJson() {
    return ReportJson.of(this);
  }

  /**
   * All outcomes and notes, one line for each. Differences of values that have several lines follow
   * below their task.
   */
  @Override
  public String toString() {
    String lines = tasks.stream().map(t -> "\n  " + t + linesOf(t)).collect(Collectors.joining());
    String more = notes.stream().map(n -> "\n  note: " + n).collect(Collectors.joining());
    return "cycle " + cycle() + " (" + trigger() + ")" + lines + more;
  }

  private static String linesOf(TaskReport task) {
    return task.steps().stream()
        .flatMap(step -> step.differences().stream())
        .flatMap(difference -> difference.lines().stream())
        .map(line -> "\n      " + line)
        .collect(Collectors.joining());
  }

  /**
   * The outcomes of one task.
   *
   * @param task its name
   * @param reports one for each agent that the cycle covered
   */
  public record OfTask(String task, List<TaskReport> reports) {
    /** Copies the list. */
    public OfTask {
      reports = List.copyOf(reports);
    }

    /**
     * The report on this agent.
     *
     * @throws IllegalArgumentException if the cycle did not cover the task on it
     */
    public TaskReport on(String agent) {
      Optional<TaskReport> found =
          reports.stream().filter(report -> report.agent().equals(agent)).findFirst();
      return found.orElseThrow(
          () ->
              new IllegalArgumentException(
                  "task '%s' has no outcome on agent '%s': %s".formatted(task, agent, reports)));
    }
  }
}
