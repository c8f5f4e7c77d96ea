package dev.fluke.reconcile;

import dev.fluke.agent.Agent;
import dev.fluke.event.EventTypes;
import dev.fluke.text.ErrorText;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Asks the application which agents there are, when it supplies them. Whatever goes wrong there,
 * the last fleet stays; an answer that loses more than half of it counts only when given twice.
 */
final class AgentSupplierPoller {
  private final Engine loop;
  private @Nullable Supplier<? extends Collection<Agent>> supplier;
  private boolean asking;
  private Set<String> doubted = Set.of();
  private String trouble = "";

  AgentSupplierPoller(Engine loop) {
    this.loop = loop;
  }

  void follow(Supplier<? extends Collection<Agent>> from) {
    supplier = from;
  }

  boolean hasSupplier() {
    return supplier != null;
  }

  /** Asks, on a thread of its own, unless the last question is still unanswered. */
  void ask() {
    Supplier<? extends Collection<Agent>> from = supplier;
    synchronized (this) {
      if (from == null || asking) {
        return;
      }
      asking = true;
    }
    loop.scheduler().start("fluke-agents", () -> ask(from));
  }

  private void ask(Supplier<? extends Collection<Agent>> from) {
    try {
      take(List.copyOf(from.get()));
    } catch (Throwable t) {
      tellOnce(ErrorText.of(t));
    } finally {
      synchronized (this) {
        asking = false;
      }
    }
  }

  /** The first answer, which the caller waits for. */
  void askNow() {
    if (supplier != null) {
      loop.members().become(List.copyOf(supplier.get()));
    }
  }

  private void take(List<Agent> answer) {
    Set<String> names =
        answer.stream().map(Agent::name).collect(Collectors.toCollection(TreeSet::new));
    int known = loop.fleet().names().size();
    long stay = loop.fleet().names().stream().filter(names::contains).count();
    if (stay * 2 < known && !names.equals(doubted)) {
      doubted = names;
      tellOnce("the supplier of agents lost " + (known - stay) + " of " + known);
      return;
    }
    doubted = Set.of();
    if (!loop.isClosing()) {
      loop.members().become(answer);
      trouble = "";
    }
  }

  private void tellOnce(String why) {
    if (!why.equals(trouble)) {
      trouble = why;
      loop.journal().tell(EventTypes.AGENTS_KEPT, event -> event.with("message", why));
    }
  }
}
