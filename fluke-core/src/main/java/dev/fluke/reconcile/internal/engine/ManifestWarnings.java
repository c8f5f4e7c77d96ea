package dev.fluke.reconcile.internal.engine;

import dev.fluke.agent.Agent;
import dev.fluke.event.EventTypes;
import dev.fluke.manifest.Manifest;
import dev.fluke.reconcile.internal.fleet.FleetDeclaration;
import dev.fluke.reconcile.internal.memory.Declarations;
import dev.fluke.reconcile.internal.record.EventRecorder;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Warnings about the manifest and the agents together; computed again after one of them changed.
 * Safe for use by any thread; calls no code of the user.
 */
final class ManifestWarnings {
  private static final Duration SOON = Duration.ofSeconds(1);

  private final Supplier<Manifest> manifest;
  private final Supplier<Collection<Agent>> agents;
  private final Declarations declarations;
  private final Scheduler scheduler;
  private final EventRecorder recorder;
  private final Set<String> more = new LinkedHashSet<>();
  private final AtomicLong changes = new AtomicLong(1);
  private volatile long computedFor; // so many of the changes
  private volatile List<String> latest = List.of();
  private boolean timerRuns;

  /**
   * Has no warnings yet.
   *
   * @param declarations what executors say about themselves
   */
  ManifestWarnings(
      Supplier<Manifest> manifest,
      Supplier<Collection<Agent>> agents,
      Declarations declarations,
      Scheduler scheduler,
      EventRecorder recorder) {
    this.manifest = manifest;
    this.agents = agents;
    this.declarations = declarations;
    this.scheduler = scheduler;
    this.recorder = recorder;
    declarations.whenKnown(this::moreIsKnown);
  }

  /** The manifest or the agents changed. */
  void due() {
    changes.incrementAndGet();
  }

  /** More is known of the tasks. */
  void moreIsKnown() {
    due();
    var unused = get();
  }

  /** Adds a warning for good. */
  void add(String warning) {
    synchronized (more) {
      if (!more.add(warning)) {
        return;
      }
    }
    moreIsKnown();
  }

  /** Publishes new warnings within a second, however many changes there are till then. */
  void publishSoon() {
    synchronized (this) {
      if (changes.get() == computedFor || timerRuns) {
        return;
      }
      timerRuns = true;
    }
    var unused = scheduler.after(SOON, () -> scheduler.start("fluke-warnings", this::publish));
  }

  private void publish() {
    synchronized (this) {
      timerRuns = false;
    }
    var unused = get();
  }

  /** The current warnings; publishes them as events when they changed. Takes no lock to compute. */
  List<String> get() {
    long seen = changes.get();
    if (seen != computedFor) {
      List<String> all = new ArrayList<>();
      all.addAll(FleetDeclaration.warnings(manifest.get(), agents.get(), declarations::known));
      synchronized (more) {
        all.addAll(more);
      }
      replace(seen, all.stream().map(recorder.mask()::hide).toList())
          .forEach(
              warning ->
                  recorder.publish(EventTypes.WARNING, event -> event.with("message", warning)));
    }
    return latest;
  }

  /**
   * Takes what was computed, unless others computed it for later changes meanwhile.
   *
   * @param seen how many changes it is computed for
   * @return the warnings that are new
   */
  private synchronized List<String> replace(long seen, List<String> all) {
    if (seen <= computedFor) {
      return List.of();
    }
    List<String> before = latest;
    latest = all;
    computedFor = seen;
    return all.stream().filter(warning -> !before.contains(warning)).toList();
  }
}
