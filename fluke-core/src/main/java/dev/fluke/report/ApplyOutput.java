package dev.fluke.report;

import static dev.fluke.report.JsonFields.object;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fluke.agent.Agent;
import dev.fluke.report.CycleObserver.AppliedStep;
import dev.fluke.text.Json;
import java.time.Instant;
import java.util.Map;

/**
 * What the commands of a failed apply printed: of each stream the first and the last 32 KiB, with a
 * line between them that says how much is left out. Secrets are masked. The text can have control
 * characters, so escape them before a terminal shows them.
 *
 * <p>Immutable, so safe for use by any thread.
 */
public final class ApplyOutput {
  private static final int OVERHEAD = 1024; // bytes of names, messages and objects, roughly

  private final String run;
  private final Agent agent;
  private final AppliedStep step;
  private final Instant endedAt;
  private final byte[] stdout;
  private final byte[] stderr;

  private ApplyOutput(
      String run, Agent agent, AppliedStep step, Instant endedAt, byte[] stdout, byte[] stderr) {
    this.run = run;
    this.agent = agent;
    this.step = step;
    this.endedAt = endedAt;
    this.stdout = stdout;
    this.stderr = stderr;
  }

  /**
   * Made by the reconciler, without secrets.
   *
   * @param agent the agent as it was declared when the cycle began
   * @param step how the apply ended
   */
  public static ApplyOutput of(
      String run, Agent agent, AppliedStep step, Instant endedAt, String stdout, String stderr) {
    return new ApplyOutput(
        run,
        Agent.named(agent.name()).labels(agent.labels()),
        step,
        endedAt,
        stdout.getBytes(UTF_8),
        stderr.getBytes(UTF_8));
  }

  /** The id of the run in which the apply failed, as in {@link TaskReport#run()}. */
  public String run() {
    return run;
  }

  /** The agent's name. */
  public String agent() {
    return agent.name();
  }

  /** The labels that the agent had then. */
  public Map<String, String> labels() {
    return agent.labels();
  }

  /** The task's name. */
  public String task() {
    return step.step().task();
  }

  /** The step's name. */
  public String step() {
    return step.step().step();
  }

  /** How the apply ended: {@code FAILED}, {@code NON_CONVERGENT} or {@code UNKNOWN}. */
  public StepOutcome outcome() {
    return step.outcome();
  }

  /** Why it ended so, on one printable line for people. */
  public String message() {
    return step.message();
  }

  /** When the apply had failed, by the wall clock. */
  public Instant endedAt() {
    return endedAt;
  }

  /** The head and the tail of what its commands printed to standard output; may be empty. */
  public String stdout() {
    return new String(stdout, UTF_8);
  }

  /** The head and the tail of what its commands printed to standard error; may be empty. */
  public String stderr() {
    return new String(stderr, UTF_8);
  }

  /** About how many bytes of memory it takes. */
  public long size() {
    return OVERHEAD + message().length() + (long) stdout.length + stderr.length;
  }

  /**
   * One JSON object on one line:
   *
   * <pre>{@code
   * {"run":"m87x2k3p-17", "agent":"web-01", "task":"nginx", "step":"install", "outcome":"FAILED",
   *  "message":TEXT, "ended_at":TIME, "stdout":TEXT, "stderr":TEXT}
   * }</pre>
   *
   * <p>What is empty is left out. A release may add fields.
   */
  public String toJson() {
    return Json.write(
        object(
            "run", run,
            "agent", agent(),
            "task", task(),
            "step", step(),
            "outcome", outcome(),
            "message", message(),
            "ended_at", endedAt,
            "stdout", stdout(),
            "stderr", stderr()));
  }

  /** Where it is from and how long it is, never what was printed. */
  @Override
  public String toString() {
    return "run %s: step '%s' of task '%s' on %s: %s, %d+%d bytes"
        .formatted(run, step(), task(), agent(), outcome(), stdout.length, stderr.length);
  }
}
