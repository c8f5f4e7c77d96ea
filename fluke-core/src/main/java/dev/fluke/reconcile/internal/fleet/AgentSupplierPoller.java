package dev.fluke.reconcile.internal.fleet;

import dev.fluke.agent.Agent;
import dev.fluke.event.EventTypes;
import dev.fluke.reconcile.internal.record.EventRecorder;
import dev.fluke.text.ErrorText;
import dev.fluke.time.Scheduler;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Asks the application's supplier for the agents. If the supplier fails, the fleet stays unchanged.
 * An answer that lacks more than half of the fleet counts only when it is given twice in a row.
 */
public final class AgentSupplierPoller {
  private final Supplier<? extends Collection<Agent>> supplier;
  private final Fleet fleet;
  private final Consumer<List<Agent>> become;
  private final Scheduler scheduler;
  private final EventRecorder recorder;
  private boolean asking;
  private Set<String> doubted = Set.of();
  private String lastError = "";

  /**
   * Polls this supplier.
   *
   * @param become replaces the agents of the fleet
   */
  public AgentSupplierPoller(
      Supplier<? extends Collection<Agent>> supplier,
      Fleet fleet,
      Consumer<List<Agent>> become,
      Scheduler scheduler,
      EventRecorder recorder) {
    this.supplier = supplier;
    this.fleet = fleet;
    this.become = become;
    this.scheduler = scheduler;
    this.recorder = recorder;
  }

  /** Asks on the thread of the caller; what the supplier throws reaches the caller. */
  public void askFirst() {
    become.accept(List.copyOf(supplier.get()));
  }

  /** Asks on a thread of its own, unless the previous call is still under way. */
  public void ask() {
    synchronized (this) {
      if (asking) {
        return;
      }
      asking = true;
    }
    scheduler.start("fluke-agents", this::askNow);
  }

  private void askNow() {
    try {
      take(List.copyOf(supplier.get()));
    } catch (Throwable t) {
      reportOnce(ErrorText.of(t));
    } finally {
      synchronized (this) {
        asking = false;
      }
    }
  }

  private void take(List<Agent> answer) {
    Set<String> names =
        answer.stream().map(Agent::name).collect(Collectors.toCollection(TreeSet::new));
    int known = fleet.names().size();
    long stay = fleet.names().stream().filter(names::contains).count();
    if (stay * 2 < known && !names.equals(doubted)) {
      doubted = names;
      reportOnce("the supplier of agents lost %d of %d".formatted(known - stay, known));
      return;
    }
    doubted = Set.of();
    become.accept(answer);
    lastError = "";
  }

  private void reportOnce(String why) {
    if (!why.equals(lastError)) {
      lastError = why;
      recorder.publish(EventTypes.AGENTS_KEPT, event -> event.with("message", why));
    }
  }
}
