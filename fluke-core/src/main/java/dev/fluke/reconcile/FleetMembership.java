package dev.fluke.reconcile;

import dev.fluke.agent.Agent;
import dev.fluke.event.EventTypes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Agents come, change and go, while the loop runs or not; each gets the lane of its address. */
final class FleetMembership {
  private final Engine loop;
  private final Fleet fleet;
  private final Map<String, Lane> lanes = new HashMap<>();
  private final List<ManagedAgent> leaving = new ArrayList<>();

  FleetMembership(Engine loop, Fleet fleet) {
    this.loop = loop;
    this.fleet = fleet;
  }

  /** Makes the fleet be these agents; those that stay keep their memory. */
  synchronized void become(Collection<Agent> wanted) {
    List<String> problems = Fleet.problems(wanted);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException("agents: " + String.join("; ", problems));
    }
    Map<String, Agent> byName = new HashMap<>();
    wanted.forEach(agent -> byName.put(agent.name(), agent));
    for (ManagedAgent managed : List.copyOf(fleet.all())) {
      Agent stays = byName.get(managed.name());
      if (stays == null || !stays.address().equals(managed.agent().address())) {
        leave(managed);
      }
    }
    wanted.forEach(this::join);
    loop.warningsDue();
  }

  /** Makes the fleet be what this makes of it. */
  synchronized void change(Consumer<List<Agent>> change) {
    List<Agent> wanted = new ArrayList<>(fleet.declared());
    change.accept(wanted);
    become(wanted);
  }

  private void join(Agent agent) {
    ManagedAgent known = fleet.find(agent.name());
    if (known != null) {
      if (!known.agent().equals(agent)) {
        known.becomes(agent, loop.scheduler(), loop.links());
        loop.journal().tell(EventTypes.AGENT_CHANGED, event -> EventFields.ofAgent(event, agent));
        loop.timers().agentChanged(known);
      }
      return;
    }
    Lane lane = lanes.computeIfAbsent(agent.address(), address -> new Lane(loop, address));
    ManagedAgent added =
        new ManagedAgent(agent, lane, loop.scheduler(), loop.links(), loop.hasBegun());
    fleet.add(added);
    if (loop.hasBegun()) {
      loop.journal().tell(EventTypes.AGENT_ADDED, event -> EventFields.ofAgent(event, agent));
    }
    loop.timers().agentJoined(added);
  }

  private void leave(ManagedAgent agent) {
    fleet.remove(agent);
    agent.removed();
    loop.incidents().agentGone(agent.name());
    loop.journal()
        .tell(EventTypes.AGENT_REMOVED, event -> EventFields.ofAgent(event, agent.agent()));
    leaving.add(agent);
    agent.lane().cancel(agent);
    laneIsFree(agent.lane());
  }

  /** A lane has nothing under way: the links of agents that left can go. */
  void laneIsFree(Lane lane) {
    List<ManagedAgent> gone;
    synchronized (this) {
      if (lane.isBusy()) {
        return;
      }
      if (fleet.all().stream().noneMatch(agent -> agent.lane() == lane)) {
        lanes.remove(lane.address(), lane);
      }
      gone = leaving.stream().filter(agent -> agent.lane() == lane).toList();
      leaving.removeAll(gone);
    }
    gone.forEach(agent -> agent.link().close());
  }

  synchronized List<Lane> lanes() {
    return List.copyOf(lanes.values());
  }

  synchronized boolean isQuiet() {
    return lanes.values().stream().noneMatch(Lane::isBusy);
  }
}
