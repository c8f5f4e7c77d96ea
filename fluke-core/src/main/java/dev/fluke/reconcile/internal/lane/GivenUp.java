package dev.fluke.reconcile.internal.lane;

import dev.fluke.report.Outcome;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs that a lane gave up because a call ignored its interrupt.
 *
 * @param call the name of the call
 * @param jobs those that ran
 * @param queued those that waited
 */
record GivenUp(String call, List<RunningJob> jobs, List<AgentJob> queued) {
  private static final Logger log = LoggerFactory.getLogger(GivenUp.class);

  /** The agents whose jobs ran. */
  Set<ManagedAgent> agents() {
    return jobs.stream().map(RunningJob::agent).collect(Collectors.toSet());
  }

  /**
   * Reports how they ended, each apart from the others.
   *
   * @param stillStuck whether the call has not returned meanwhile
   */
  void report(LaneContext.Listener listener, BooleanSupplier stillStuck) {
    agents().forEach(agent -> listener.stuck(agent, call));
    if (!stillStuck.getAsBoolean()) {
      agents().forEach(listener::freed);
    }
    jobs.forEach(
        job -> safely(() -> job.report(Outcome.SKIPPED, "stuck: " + call + " did not return")));
    queued.forEach(
        job -> safely(() -> listener.endedUnwalked(job, Outcome.SKIPPED, "stuck: " + call)));
  }

  private static void safely(Runnable report) {
    try {
      report.run();
    } catch (Throwable t) {
      log.error("a job of a stuck lane was not reported", t);
    }
  }
}
