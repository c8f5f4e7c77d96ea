package dev.fluke.reconcile;

import dev.fluke.reconcile.internal.engine.Engine;
import dev.fluke.reconcile.internal.lane.PendingCycle;
import dev.fluke.reconcile.internal.revision.SourceSet;
import dev.fluke.report.Trigger;
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
    var unused = engine.poll().thenAccept(polled -> adoptLate(polled, answer));
    engine.scheduler().after(LONGEST_POLL, () -> answer.complete(engine.unanswered()));
    return answer.thenApply(
        polled -> {
          requireOpen.run();
          PendingCycle<P, R> opened = opening.apply(polled.notes());
          boolean partly = trigger == Trigger.MANUAL || trigger == Trigger.PLAN;
          if (polled.adopted() && partly && engine.isStarted()) {
            engine.openForNewRevision();
          }
          return opened;
        });
  }

  /** A revision that arrives after the caller went on without it opens a cycle of its own. */
  private void adoptLate(SourceSet.Polled polled, CompletableFuture<SourceSet.Polled> awaited) {
    if (!awaited.complete(polled) && polled.adopted() && engine.isStarted()) {
      engine.openForNewRevision();
    }
  }
}
