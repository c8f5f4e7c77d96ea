package dev.fluke.reconcile.internal.fleet;

import dev.fluke.reconcile.internal.connection.AgentConnection;
import dev.fluke.reconcile.internal.lane.Lane;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The lanes by address, with the agents that work on each: one lane an address, whatever agents
 * come and go, for as long as it has an agent or something under way. Guarded by its owner.
 */
final class LanePlaces {
  private final Function<String, Lane> maker;
  private final Map<String, Place> byAddress = new HashMap<>();

  LanePlaces(Function<String, Lane> maker) {
    this.maker = maker;
  }

  /** A lane, its agents, and the connections to close once it is free. */
  private static final class Place {
    final Lane lane;
    final Set<String> agents = new LinkedHashSet<>();
    final List<AgentConnection> toClose = new ArrayList<>();

    Place(Lane lane) {
      this.lane = lane;
    }
  }

  /** The lane of this address, which the agent joins. */
  Lane join(String address, String agent) {
    Place place = byAddress.computeIfAbsent(address, unused -> new Place(maker.apply(address)));
    place.agents.add(agent);
    return place.lane;
  }

  /** An agent leaves its lane. */
  void leave(Lane lane, String agent, AgentConnection connection) {
    Place place = byAddress.get(lane.address());
    if (place != null) {
      place.agents.remove(agent);
      place.toClose.add(connection);
    }
  }

  /** The names of the agents at this address. */
  Set<String> at(String address) {
    Place place = byAddress.get(address);
    return place == null ? Set.of() : place.agents;
  }

  /** A connection that an agent of the lane no longer uses is closed once the lane is free. */
  void closeLater(Lane lane, AgentConnection connection) {
    Place place = byAddress.get(lane.address());
    if (place != null) {
      place.toClose.add(connection);
    }
  }

  /** If nothing is under way on the lane: what to close. Forgets a lane without agents. */
  List<AgentConnection> takeClosable(Lane lane) {
    @Nullable Place place = byAddress.get(lane.address());
    if (place == null || lane.isBusy()) {
      return List.of();
    }
    if (place.agents.isEmpty()) {
      byAddress.remove(lane.address());
    }
    List<AgentConnection> taken = List.copyOf(place.toClose);
    place.toClose.clear();
    return taken;
  }

  /** All that is still to be closed, whether the lanes are free or not. */
  List<AgentConnection> takeAllClosable() {
    List<AgentConnection> taken = new ArrayList<>();
    for (Place place : byAddress.values()) {
      taken.addAll(place.toClose);
      place.toClose.clear();
    }
    return taken;
  }

  List<Lane> lanes() {
    return byAddress.values().stream().map(place -> place.lane).toList();
  }
}
