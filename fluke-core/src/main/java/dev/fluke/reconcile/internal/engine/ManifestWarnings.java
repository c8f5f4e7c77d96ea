package dev.fluke.reconcile.internal.engine;

import dev.fluke.agent.Agent;
import dev.fluke.event.EventTypes;
import dev.fluke.manifest.Manifest;
import dev.fluke.reconcile.internal.fleet.FleetDeclaration;
import dev.fluke.reconcile.internal.record.EventRecorder;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/**
 * Warnings about the manifest and the agents together; computed again after one of them changed.
 */
final class ManifestWarnings {
  private final Supplier<Manifest> manifest;
  private final Supplier<Collection<Agent>> agents;
  private final EventRecorder recorder;
  private volatile boolean due = true;
  private volatile List<String> latest = List.of();

  ManifestWarnings(
      Supplier<Manifest> manifest, Supplier<Collection<Agent>> agents, EventRecorder recorder) {
    this.manifest = manifest;
    this.agents = agents;
    this.recorder = recorder;
  }

  /** The manifest or the agents changed. */
  void due() {
    due = true;
  }

  /** The current warnings; publishes them as events when they changed. */
  List<String> get() {
    if (due) {
      due = false;
      List<String> before = latest;
      latest = FleetDeclaration.warnings(manifest.get(), agents.get());
      if (!latest.equals(before)) {
        latest.forEach(
            warning ->
                recorder.publish(EventTypes.WARNING, event -> event.with("message", warning)));
      }
    }
    return latest;
  }
}
