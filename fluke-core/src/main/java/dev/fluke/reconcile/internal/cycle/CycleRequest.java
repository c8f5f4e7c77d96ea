package dev.fluke.reconcile.internal.cycle;

import dev.fluke.report.CycleReport;
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import java.util.Optional;

/**
 * What one agent's part of a cycle is for.
 *
 * @param cycle the number of the cycle that opened it
 * @param run the manual run that requested it, if one did
 * @param id the id of the run in reports: unlike the number, another one after a restart
 */
public record CycleRequest(long cycle, Kind kind, Scope scope, Optional<ManualRun> run, String id) {
  /** What kind of work it is. */
  public enum Kind {
    AUTOMATIC,
    MANUAL,
    PLAN
  }

  /** Whether steps in sync are applied, too. */
  public boolean isForced() {
    return run.isPresent() && run.get().isForced();
  }

  /** Whether policy and back-off apply to it: a manual run bypasses them. */
  public boolean isGuarded() {
    return kind == Kind.AUTOMATIC;
  }

  public boolean isPlan() {
    return kind == Kind.PLAN;
  }

  /** Who asked for it, and why. */
  public CycleReport.Request asked() {
    return run.map(by -> new CycleReport.Request(by.actor(), by.reason(), by.onBehalfOf()))
        .orElse(CycleReport.Request.NONE);
  }
}
