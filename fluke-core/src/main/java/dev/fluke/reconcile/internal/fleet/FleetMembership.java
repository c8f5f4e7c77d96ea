package dev.fluke.reconcile.internal.fleet;

import dev.fluke.agent.Agent;
import dev.fluke.reconcile.internal.connection.AgentConnection;
import dev.fluke.reconcile.internal.connection.ConnectionPool;
import dev.fluke.reconcile.internal.lane.Lane;
import dev.fluke.reconcile.internal.lane.LaneContext;
import dev.fluke.reconcile.internal.lane.ManagedAgent;
import dev.fluke.reconcile.internal.memory.TaskStates;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Adds, changes and removes agents at any time; each agent works on the lane of its address. */
public final class FleetMembership {
  private static final int MOST_AWAY = 10_000;

  private final Fleet fleet;
  private static final Logger log = LoggerFactory.getLogger(FleetMembership.class);

  private final LaneContext context;
  private final ConnectionPool pool;
  private final Listener listener;
  private final LanePlaces places;
  private final KnownTransports transports;
  private final TaskStates.Departed<Place, TaskStates> away = new TaskStates.Departed<>(MOST_AWAY);
  private final Map<String, String> byLowerName = new HashMap<>();
  private final Object changes = new Object();
  private List<Runnable> consequences = new ArrayList<>(); // of the change under way

  /** What an agent is remembered by. */
  private record Place(String name, String address) {}

  /** Receives changes of the fleet, without a lock: what follows may start threads. */
  public interface Listener {
    /** Whether a cycle was opened already; only later changes are news. */
    boolean hasBegun();

    void joined(ManagedAgent agent);

    void changed(ManagedAgent agent);

    void left(ManagedAgent agent);

    /** A warning for the status. */
    void warning(String text);

    /** The fleet was replaced. */
    void replaced();

    /** A lane became free. */
    void laneIsFree();
  }

  public FleetMembership(Fleet fleet, LaneContext context, ConnectionPool pool, Listener listener) {
    this.fleet = fleet;
    this.context = context;
    this.pool = pool;
    this.listener = listener;
    this.transports = new KnownTransports(fleet, listener::warning, pool.mask());
    this.places = new LanePlaces(address -> new Lane(context, address, this::laneIsFree));
  }

  /**
   * Replaces the fleet; agents whose name and address stay keep their state.
   *
   * @throws IllegalArgumentException naming every problem; the fleet stays unchanged then
   */
  public void become(Collection<Agent> wanted) {
    List<Agent> settled = wanted.stream().map(transports::settled).toList();
    change(() -> replace(settled));
  }

  /**
   * Makes a change, and then does what follows from it, one change after the other. What follows
   * may start threads of the application's, so it holds up other changes only: lanes and the end of
   * the reconciler need the inner lock.
   */
  private void change(Runnable change) {
    synchronized (changes) {
      List<Runnable> then;
      synchronized (this) {
        consequences = new ArrayList<>();
        change.run();
        consequences.add(listener::replaced);
        then = consequences;
      }
      then.forEach(FleetMembership::runSafely);
    }
  }

  private static void runSafely(Runnable consequence) {
    try {
      consequence.run();
    } catch (Throwable t) {
      log.error("a change of the fleet had a fault; the change itself is made", t);
    }
  }

  private void replace(Collection<Agent> wanted) {
    requireNoProblems(wanted);
    Map<String, Agent> byName = new HashMap<>();
    wanted.forEach(agent -> byName.put(agent.name(), agent));
    for (Fleet.Member member : List.copyOf(fleet.members())) {
      Agent stays = byName.get(member.name());
      if (stays == null || !stays.address().equals(member.lane().address())) {
        leave(member);
      }
    }
    wanted.forEach(this::join);
  }

  /**
   * Adds an agent, or replaces the one of its name. Its cost grows with the agents at its address
   * only.
   *
   * @throws IllegalArgumentException naming every problem; the fleet stays unchanged then
   */
  public void put(Agent agent) {
    Agent settled = transports.settled(agent);
    change(() -> add(settled));
  }

  private void add(Agent agent) {
    Set<String> near = new LinkedHashSet<>(places.at(agent.address()));
    String sameName = byLowerName.get(agent.name().toLowerCase(Locale.ROOT));
    if (sameName != null) {
      near.add(sameName);
    }
    near.remove(agent.name());
    List<Agent> together = new ArrayList<>();
    for (String name : near) {
      Fleet.Member member = fleet.find(name);
      if (member != null) {
        together.add(member.agent().agent());
      }
    }
    together.add(agent);
    requireNoProblems(together);
    Fleet.Member known = fleet.find(agent.name());
    if (known != null && !agent.address().equals(known.lane().address())) {
      leave(known);
    }
    join(agent);
  }

  /** Removes an agent; whether there was one of this name. */
  public boolean remove(String name) {
    boolean[] found = {false};
    change(
        () -> {
          Fleet.Member known = fleet.find(name);
          if (known != null) {
            found[0] = true;
            leave(known);
          }
        });
    return found[0];
  }

  private static void requireNoProblems(Collection<Agent> agents) {
    List<String> problems = FleetDeclaration.problems(agents);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException("agents: " + String.join("; ", problems));
    }
  }

  private void join(Agent agent) {
    Fleet.Member known = fleet.find(agent.name());
    if (known == null) {
      Lane lane = places.join(agent.address(), agent.name());
      ManagedAgent added = new ManagedAgent(agent, context.scheduler(), pool, statesOf(agent));
      fleet.add(new Fleet.Member(added, lane));
      byLowerName.put(agent.name().toLowerCase(Locale.ROOT), agent.name());
      consequences.add(() -> listener.joined(added));
    } else if (!known.agent().isDeclaredAs(agent)) {
      become(known, agent);
    }
  }

  /** What is remembered of the agent, if it was there within the last day. */
  private TaskStates statesOf(Agent agent) {
    Place place = new Place(agent.name(), agent.address());
    TaskStates known = away.take(place, context.scheduler().nanoTime());
    if (known == null) {
      return new TaskStates(listener.hasBegun());
    }
    known.areBack();
    return known;
  }

  /** An apply under way ends over the old connection; the next cycle uses the new one. */
  private void become(Fleet.Member member, Agent agent) {
    Optional<AgentConnection> old = member.agent().become(agent);
    if (old.isPresent()) {
      places.closeLater(member.lane(), old.get());
      consequences.add(() -> member.lane().changed(member.agent()));
      consequences.add(() -> closeUnused(member.lane()));
    }
    consequences.add(() -> listener.changed(member.agent()));
  }

  private void leave(Fleet.Member member) {
    ManagedAgent agent = member.agent();
    fleet.remove(member);
    byLowerName.remove(agent.name().toLowerCase(Locale.ROOT), agent.name());
    Place place = new Place(agent.name(), member.lane().address());
    away.keep(place, agent.states(), context.scheduler().nanoTime());
    agent.removed();
    places.leave(member.lane(), agent.name(), agent.connection());
    consequences.add(() -> listener.left(agent));
    consequences.add(() -> member.lane().cancel(agent));
    consequences.add(() -> closeUnused(member.lane()));
  }

  /** Closes connections that no agent of the lane uses any more. */
  private void laneIsFree(Lane lane) {
    closeUnused(lane);
    listener.laneIsFree();
  }

  private void closeUnused(Lane lane) {
    List<AgentConnection> unused;
    synchronized (this) {
      unused = places.takeClosable(lane);
    }
    unused.forEach(AgentConnection::close);
  }

  /** Closes the connections of all agents, also of those that left while their lane was busy. */
  public void closeConnections() {
    List<AgentConnection> unused;
    synchronized (this) {
      unused = places.takeAllClosable();
    }
    unused.forEach(AgentConnection::close);
    fleet.members().forEach(member -> member.agent().connection().close());
  }

  public synchronized List<Lane> lanes() {
    return places.lanes();
  }
}
