package dev.fluke.reconcile.internal.fleet;

import dev.fluke.agent.Agent;
import dev.fluke.reconcile.internal.connection.ConnectionPool;
import dev.fluke.reconcile.internal.lane.Lane;
import dev.fluke.reconcile.internal.lane.LaneContext;
import dev.fluke.reconcile.internal.lane.ManagedAgent;
import dev.fluke.reconcile.internal.memory.TaskStates;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Adds, changes and removes agents at any time; each agent works on the lane of its address. */
public final class FleetMembership {
  private static final int MOST_AWAY = 10_000;

  private final Fleet fleet;
  private final LaneContext context;
  private final ConnectionPool pool;
  private final Listener listener;
  private final KnownTransports transports;
  private final Map<String, Lane> lanes = new HashMap<>();
  private final List<Fleet.Member> leaving = new ArrayList<>();
  private final TaskStates.Departed<Place, TaskStates> away = new TaskStates.Departed<>(MOST_AWAY);

  /** What an agent is remembered by. */
  private record Place(String name, String address) {
    static Place of(Agent agent) {
      return new Place(agent.name(), agent.address());
    }
  }

  /** Receives changes of the fleet; called under the lock of the membership. */
  public interface Listener {
    /** Whether a cycle was opened already; only later changes are news. */
    boolean hasBegun();

    void joined(ManagedAgent agent);

    void changed(ManagedAgent agent);

    void left(ManagedAgent agent);

    /** A warning for the status. Called without a lock. */
    void warning(String text);

    /** The fleet was replaced. */
    void replaced();

    /** A lane became free. Called without a lock. */
    void laneIsFree();
  }

  public FleetMembership(Fleet fleet, LaneContext context, ConnectionPool pool, Listener listener) {
    this.fleet = fleet;
    this.context = context;
    this.pool = pool;
    this.listener = listener;
    this.transports = new KnownTransports(fleet, listener::warning);
  }

  /** The agent with the transport that is in use, if it is reached as before. Takes no lock. */
  public Agent settled(Agent wanted) {
    return transports.settled(wanted);
  }

  /**
   * Replaces the fleet; agents whose name and address stay keep their state.
   *
   * @throws IllegalArgumentException naming every problem; the fleet stays unchanged then
   */
  public void become(Collection<Agent> wanted) {
    replace(wanted.stream().map(this::settled).toList());
  }

  private synchronized void replace(Collection<Agent> wanted) {
    List<String> problems = FleetDeclaration.problems(wanted);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException("agents: " + String.join("; ", problems));
    }
    Map<String, Agent> byName = new HashMap<>();
    wanted.forEach(agent -> byName.put(agent.name(), agent));
    for (Fleet.Member member : List.copyOf(fleet.members())) {
      Agent stays = byName.get(member.name());
      if (stays == null || !stays.address().equals(member.agent().agent().address())) {
        leave(member);
      }
    }
    wanted.forEach(this::join);
    listener.replaced();
  }

  /** Changes the list of agents, and replaces the fleet by the result. */
  public synchronized void change(Consumer<List<Agent>> change) {
    List<Agent> wanted = new ArrayList<>(fleet.declared());
    change.accept(wanted);
    replace(wanted);
  }

  private void join(Agent agent) {
    Fleet.Member known = fleet.find(agent.name());
    if (known == null) {
      Lane lane =
          lanes.computeIfAbsent(
              agent.address(), address -> new Lane(context, address, this::laneIsFree));
      ManagedAgent added = new ManagedAgent(agent, context.scheduler(), pool, statesOf(agent));
      fleet.add(new Fleet.Member(added, lane));
      listener.joined(added);
    } else if (!known.agent().isDeclaredAs(agent)) {
      known.agent().become(agent);
      listener.changed(known.agent());
    }
  }

  /** What is remembered of the agent, if it was there within the last day. */
  private TaskStates statesOf(Agent agent) {
    TaskStates known = away.take(Place.of(agent), context.scheduler().nanoTime());
    if (known == null) {
      return new TaskStates(listener.hasBegun());
    }
    known.areBack();
    return known;
  }

  private void leave(Fleet.Member member) {
    fleet.remove(member);
    ManagedAgent gone = member.agent();
    away.keep(Place.of(gone.agent()), gone.states(), context.scheduler().nanoTime());
    member.agent().removed();
    listener.left(member.agent());
    leaving.add(member);
    member.lane().cancel(member.agent());
    closeThoseThatLeft(member.lane());
  }

  /** Closes connections that removed agents no longer use. */
  private void laneIsFree(Lane lane) {
    closeThoseThatLeft(lane);
    listener.laneIsFree();
  }

  private void closeThoseThatLeft(Lane lane) {
    List<Fleet.Member> gone;
    synchronized (this) {
      if (lane.isBusy()) {
        return;
      }
      if (fleet.members().stream().noneMatch(member -> member.lane() == lane)) {
        lanes.remove(lane.address(), lane);
      }
      gone = leaving.stream().filter(member -> member.lane() == lane).toList();
      leaving.removeAll(gone);
    }
    gone.forEach(member -> member.agent().connection().close());
  }

  public synchronized List<Lane> lanes() {
    return List.copyOf(lanes.values());
  }

  /** Whether no lane has anything under way. */
  public synchronized boolean isQuiet() {
    return lanes.values().stream().noneMatch(Lane::isBusy);
  }
}
