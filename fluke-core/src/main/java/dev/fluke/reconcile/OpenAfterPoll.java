package dev.fluke.reconcile;

import dev.fluke.reconcile.internal.engine.Engine;
import dev.fluke.reconcile.internal.lane.PendingCycle;
import dev.fluke.reconcile.internal.revision.SourceSet;
import dev.fluke.report.Trigger;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Opens cycles after a poll of the sources, which may take 10 s. Safe for use by any thread. */
final class OpenAfterPoll {
  private static final Duration LONGEST_POLL = Duration.ofSeconds(10);

  private final Engine engine;
  private final Runnable requireOpen;

  /**
   * Opens cycles of this engine.
   *
   * @param requireOpen throws once the reconciler is closed
   */
  OpenAfterPoll(Engine engine, Runnable requireOpen) {
    this.engine = engine;
    this.requireOpen = requireOpen;
  }

  /**
   * Polls, then opens.
   *
   * @param opening opens the cycle; its argument are the notes of the sources for the report
   */
  <P, R> CompletableFuture<PendingCycle<P, R>> open(
      Trigger trigger, Function<List<String>, PendingCycle<P, R>> opening) {
    requireOpen.run();
    CompletableFuture<SourceSet.Polled> answer = new CompletableFuture<>();
    var unused =
        engine
            .sources()
            .poll()
            .thenAccept(
                polled -> {
                  if (!answer.complete(polled)) { // the caller went on without it
                    engine.cycleFor(polled.adopted(), trigger, false);
                  }
                });
    Scheduler.Timer limit = engine.scheduler().after(LONGEST_POLL, () -> goOnWithout(answer));
    var unusedEither = answer.thenRun(limit::cancel);
    return answer.thenApply(
        polled -> {
          requireOpen.run();
          PendingCycle<P, R> opened = opening.apply(polled.notes());
          engine.cycleFor(polled.adopted(), trigger, true);
          return opened;
        });
  }

  /** On a thread of its own, since what follows may take its time, and timers must not wait. */
  private void goOnWithout(CompletableFuture<SourceSet.Polled> answer) {
    engine.scheduler().start("fluke-open", () -> answer.complete(engine.sources().unanswered()));
  }
}
