package dev.fluke.reconcile.internal.engine;

import dev.fluke.event.EventTypes;
import dev.fluke.reconcile.internal.fleet.FleetMembership;
import dev.fluke.reconcile.internal.incident.IncidentTracker;
import dev.fluke.reconcile.internal.lane.ManagedAgent;
import dev.fluke.reconcile.internal.record.EventFields;
import dev.fluke.reconcile.internal.record.EventRecorder;

/** Reacts to changes of the fleet: with events, checks and closed incidents. */
final class FleetChanges implements FleetMembership.Listener {
  private final CycleOpener opener;
  private final CycleTimers timers;
  private final IncidentTracker incidents;
  private final OutcomeRecorder outcomes;
  private final EventRecorder recorder;
  private final ManifestWarnings warnings;
  private final Runnable whenLaneIsFree;

  FleetChanges(
      CycleOpener opener,
      CycleTimers timers,
      IncidentTracker incidents,
      OutcomeRecorder outcomes,
      EventRecorder recorder,
      ManifestWarnings warnings,
      Runnable whenLaneIsFree) {
    this.opener = opener;
    this.timers = timers;
    this.incidents = incidents;
    this.outcomes = outcomes;
    this.recorder = recorder;
    this.warnings = warnings;
    this.whenLaneIsFree = whenLaneIsFree;
  }

  @Override
  public boolean hasBegun() {
    return opener.hasBegun();
  }

  @Override
  public void joined(ManagedAgent agent) {
    if (opener.hasBegun()) {
      publish(EventTypes.AGENT_ADDED, agent);
    }
    timers.agentJoined(agent);
  }

  @Override
  public void changed(ManagedAgent agent) {
    outcomes.closeOrphans(agent);
    publish(EventTypes.AGENT_CHANGED, agent);
    timers.agentChanged(agent);
  }

  @Override
  public void left(ManagedAgent agent) {
    incidents.agentGone(agent.name());
    publish(EventTypes.AGENT_REMOVED, agent);
  }

  @Override
  public void warning(String text) {
    warnings.add(text);
  }

  @Override
  public void replaced() {
    warnings.due();
  }

  @Override
  public void laneIsFree() {
    whenLaneIsFree.run();
  }

  private void publish(String type, ManagedAgent agent) {
    recorder.publish(type, event -> EventFields.ofAgent(event, agent.agent()));
  }
}
