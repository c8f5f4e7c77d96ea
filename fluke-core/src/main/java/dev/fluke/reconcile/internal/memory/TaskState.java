package dev.fluke.reconcile.internal.memory;

import dev.fluke.manifest.DriftCause;
import dev.fluke.report.Outcome;
import dev.fluke.report.TaskReport;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The state of one task on one agent. It gives the cause of a drift, and how long a failing apply
 * is held back. It lives in memory only. Safe for use by any thread.
 */
public final class TaskState {
  private static final Backoff HOLDS =
      new Backoff(Duration.ofMinutes(1), Duration.ofMinutes(60), Backoff.Jitter.LATER);

  private final boolean sinceTheyMet;
  private final Set<String> slowSteps = new HashSet<>();
  private @Nullable Declaration lastDeclaration; // seen in sync or tried
  private boolean lastApplyIncomplete;
  private boolean applied;
  private int failures;
  private long heldUntil; // monotonic
  private @Nullable Instant heldUntilWallClock;
  private @Nullable Instant lastInSyncAt;
  private @Nullable TaskReport lastReport;
  private Instant since = Instant.EPOCH;
  private boolean driftAnnounced;
  private final Regressions regressions = new Regressions();
  private boolean undoneAnnounced;
  private String failedRun = "";

  public TaskState(boolean sinceTheyMet) {
    this.sinceTheyMet = sinceTheyMet;
  }

  /** Rule 12: the first that holds. */
  public synchronized DriftCause causeOf(Declaration declaration) {
    if (lastDeclaration != null && !lastDeclaration.equals(declaration)) {
      return DriftCause.DESIRED_CHANGED;
    }
    if (lastApplyIncomplete) {
      return DriftCause.APPLY_INCOMPLETE;
    }
    if (lastInSyncAt != null) {
      return DriftCause.REGRESSED;
    }
    return sinceTheyMet && !applied ? DriftCause.NEVER_APPLIED : DriftCause.UNDETERMINED;
  }

  /**
   * A check found it as declared.
   *
   * @param now monotonic, in nanoseconds
   */
  public synchronized void sawInSync(Declaration declaration, Instant at, long now) {
    lastDeclaration = declaration;
    lastInSyncAt = at;
    lastApplyIncomplete = false;
    failedRun = "";
    regressions.inSync(now);
    release();
  }

  /**
   * A cycle found it drifted.
   *
   * @param now monotonic, in nanoseconds
   */
  public synchronized void drifted(DriftCause cause, long now) {
    regressions.drifted(cause, now);
  }

  /** That something undoes it again and again, for people; empty if nothing seems to. */
  public synchronized String remark() {
    return regressions.remark();
  }

  /** Whether it is news that something undoes it, or does so no more. */
  public synchronized boolean isNewsThatUndone(boolean undone) {
    boolean news = undone != undoneAnnounced;
    undoneAnnounced = undone;
    return news;
  }

  /** An apply failed in this run, which has its output. */
  public synchronized void applyFailed(String run) {
    failedRun = run;
  }

  /** The run whose apply failed last; empty if it was in sync since. */
  public synchronized String failedRun() {
    return failedRun;
  }

  /** An apply begins: this declaration counts as tried, however the apply ends. */
  public synchronized void tries(Declaration declaration) {
    if (!Objects.equals(lastDeclaration, declaration)) {
      release();
    }
    lastDeclaration = declaration;
    lastApplyIncomplete = true;
    applied = true;
  }

  /** Rule 22: holds applies back for 1, 2, 4 … 60 minutes, plus up to a tenth by chance. */
  public synchronized void failed(long now, Instant wallClock, RandomGenerator chance) {
    Duration hold = HOLDS.after(failures, chance);
    failures++;
    heldUntil = now + hold.toNanos();
    heldUntilWallClock = wallClock.plus(hold);
    regressions.failed();
  }

  private void release() {
    failures = 0;
    heldUntilWallClock = null;
  }

  /** Until when automatic applies of this declaration are held back; null if they are not. */
  public synchronized @Nullable Instant heldUntil(Declaration declaration, long now) {
    boolean held = heldUntil - now > 0 && declaration.equals(lastDeclaration);
    return held ? heldUntilWallClock : null;
  }

  public synchronized @Nullable Instant heldUntil() {
    return heldUntilWallClock;
  }

  public synchronized int failures() {
    return failures;
  }

  public synchronized @Nullable Instant lastInSyncAt() {
    return lastInSyncAt;
  }

  public synchronized boolean isSlow(String step) {
    return slowSteps.contains(step);
  }

  public synchronized void remembersSlow(String step) {
    slowSteps.add(step);
  }

  /** Keeps the report, and returns the previous one. */
  public synchronized @Nullable TaskReport ended(TaskReport report, Instant at) {
    TaskReport before = lastReport;
    if (before == null || before.outcome() != report.outcome()) {
      since = at;
    }
    lastReport = report;
    return before;
  }

  /** The task left and came back: cause and back-off still count, its outcome is too old. */
  public synchronized void isBack() {
    lastReport = null;
    driftAnnounced = false;
  }

  public synchronized @Nullable Outcome lastOutcome() {
    return lastReport == null ? null : lastReport.outcome();
  }

  public synchronized @Nullable TaskReport lastReport() {
    return lastReport;
  }

  public synchronized Instant since() {
    return since;
  }

  public synchronized boolean driftAnnounced() {
    return driftAnnounced;
  }

  public synchronized void driftAnnounced(boolean announced) {
    driftAnnounced = announced;
  }
}
