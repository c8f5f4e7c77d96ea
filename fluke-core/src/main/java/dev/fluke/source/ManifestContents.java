package dev.fluke.source;

import dev.fluke.command.internal.OpaqueValues;
import dev.fluke.command.internal.ValueDigest;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Step;
import dev.fluke.manifest.Task;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whether two manifests that code built have the same content. Comparing calls code of the
 * executors, so it runs on a thread of its own, and manifests that can't be compared in 5 s differ.
 * For use by one thread at a time.
 */
final class ManifestContents {
  private static final Logger log = LoggerFactory.getLogger(ManifestContents.class);
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final Scheduler scheduler;
  private final OpaqueValues opaque = new OpaqueValues();
  private CompletableFuture<Boolean> comparison = CompletableFuture.completedFuture(false);
  private @Nullable Manifest known;
  private Optional<ValueDigest> digestOfKnown = Optional.empty();

  ManifestContents(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** Whether a manifest has the content of the one before. */
  boolean areSame(Manifest before, Manifest now) throws InterruptedException {
    if (!comparison.isDone()) {
      return false; // the comparison of an earlier poll still hangs
    }
    CompletableFuture<Boolean> result = new CompletableFuture<>();
    comparison = result;
    Scheduler.Work work = scheduler.start("fluke-manifest", () -> compare(before, now, result));
    if (scheduler.await(result, LIMIT)) {
      return result.join();
    }
    work.interrupt();
    return false;
  }

  private void compare(Manifest before, Manifest now, CompletableFuture<Boolean> result) {
    boolean same = false;
    try {
      if (known != before) {
        digestOfKnown = Optional.of(digestOf(before));
      }
      Optional<ValueDigest> next = Optional.of(digestOf(now));
      same = next.equals(digestOfKnown);
      known = same ? before : now;
      digestOfKnown = next;
    } catch (Throwable t) {
      log.debug("the supplied manifest can't be compared with the last one", t);
      known = null;
    } finally {
      result.complete(same);
    }
  }

  private ValueDigest digestOf(Manifest manifest) {
    OpaqueValues.Session session = opaque.at("manifest");
    List<ValueDigest> tasks =
        manifest.tasks().stream().map(task -> ValueDigest.of(partsOf(task), session)).toList();
    ValueDigest digest = ValueDigest.of(tasks, session);
    session.end();
    return digest;
  }

  private static Object partsOf(Task task) {
    List<Object> steps = task.steps().stream().map(ManifestContents::partsOf).toList();
    return List.of(task.name(), task.description(), task.selector(), task.policy(), steps);
  }

  /** The declaration as well as the executor: another executor may declare the same. */
  private static Object partsOf(Step step) {
    return Arrays.asList(
        step.name(),
        step.onFailure(),
        step.timeout(),
        step.checkTimeout(),
        step.executor(),
        step.executor().declaration());
  }
}
