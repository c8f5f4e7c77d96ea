package dev.fluke.reconcile.internal.fleet;

import dev.fluke.agent.Agent;
import dev.fluke.event.EventTypes;
import dev.fluke.reconcile.internal.record.EventRecorder;
import dev.fluke.report.FleetStatus.AgentSupplierStatus;
import dev.fluke.text.Durations;
import dev.fluke.text.ErrorText;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the application's supplier for the agents, on a thread of its own and without a lock. If the
 * supplier fails, the fleet stays unchanged. An answer that lacks more than half of the fleet
 * counts only when it is given twice in a row. Safe for use by any thread.
 */
public final class AgentSupplierPoller {
  private static final Logger log = LoggerFactory.getLogger(AgentSupplierPoller.class);
  private static final Duration SILENCE = Duration.ofSeconds(30);
  private static final Duration LONGEST_CALL = Duration.ofMinutes(5);

  private final Supplier<? extends Collection<Agent>> supplier;
  private final Fleet fleet;
  private final Consumer<List<Agent>> become;
  private final Scheduler scheduler;
  private final EventRecorder recorder;
  private @Nullable CompletableFuture<Void> asked; // while a call is under way
  private Scheduler.@Nullable Work work;
  private @Nullable Set<String> doubted;
  private @Nullable Instant answeredAt;
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

  /** Asks, and waits for the answer, but not longer than 30 s. */
  public void askFirst() {
    CompletableFuture<Void> answer = call();
    try {
      scheduler.await(answer, SILENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    AgentSupplierStatus status = status();
    if (status.answeredAt().isEmpty()) {
      String why = status.lastError().isEmpty() ? "its supplier is slow" : status.lastError();
      log.warn("the fleet is empty until its supplier answers: {}", why);
    }
  }

  /** Asks again unless its agents were accepted before. */
  public void askUnlessAnswered() {
    if (status().answeredAt().isEmpty()) {
      ask();
    }
  }

  /** Asks, unless the previous call is still under way. */
  public void ask() {
    var unused = call();
  }

  /** Done when the call has ended, however it did. */
  private CompletableFuture<Void> call() {
    CompletableFuture<Void> mine = new CompletableFuture<>();
    synchronized (this) {
      if (asked != null) {
        return asked;
      }
      asked = mine;
    }
    Scheduler.Timer silence =
        scheduler.after(SILENCE, () -> scheduler.start("fluke-agents", () -> reportSilence(mine)));
    Scheduler.Timer limit = scheduler.after(LONGEST_CALL, () -> interrupt(mine));
    var unused =
        mine.thenRun(
            () -> {
              silence.cancel();
              limit.cancel();
            });
    try {
      Scheduler.Work started = scheduler.start("fluke-agents", () -> askNow(mine));
      synchronized (this) {
        work = asked == mine ? started : work;
      }
    } catch (Throwable t) {
      failed("no thread could be started: " + ErrorText.of(t));
      end(mine);
    }
    return mine;
  }

  private void askNow(CompletableFuture<Void> mine) {
    try {
      String problem = take(supplier.get());
      if (problem.isEmpty()) {
        synchronized (this) {
          lastError = "";
          answeredAt = scheduler.now();
        }
      } else {
        failed(problem);
      }
    } catch (Throwable t) {
      log.debug("the supplier of agents failed", ErrorText.masked(t, recorder.mask()::hide));
      doubted = null; // the next answer is not the second of two in a row
      failed(ErrorText.of(t, recorder.mask()::hide));
    } finally {
      end(mine);
    }
  }

  private void end(CompletableFuture<Void> mine) {
    synchronized (this) {
      asked = null;
    }
    mine.complete(null);
  }

  private synchronized void interrupt(CompletableFuture<Void> call) {
    if (asked == call && work != null) {
      work.interrupt();
    }
  }

  /** Manages these agents; returns why not, or an empty text. */
  private String take(@Nullable Collection<Agent> given) {
    if (given == null) {
      return "the supplier of agents returned null";
    }
    List<Agent> answer = new ArrayList<>(given);
    if (answer.contains(null)) {
      return "the supplier of agents returned null among its agents";
    }
    Set<String> names =
        answer.stream().map(Agent::name).collect(Collectors.toCollection(TreeSet::new));
    int known = fleet.names().size();
    long stay = fleet.names().stream().filter(names::contains).count();
    if (stay * 2 < known && !names.equals(doubted)) {
      doubted = names;
      return "the supplier of agents lost %d of %d".formatted(known - stay, known);
    }
    doubted = null;
    become.accept(answer);
    return "";
  }

  private void reportSilence(CompletableFuture<Void> call) {
    String why = "the supplier of agents has not answered for " + Durations.display(SILENCE);
    boolean isNews;
    synchronized (this) {
      if (asked != call) {
        return; // it answered meanwhile
      }
      isNews = lastError.isEmpty();
      lastError = why;
    }
    publishIf(isNews, why);
  }

  private void failed(String why) {
    boolean isNews;
    synchronized (this) {
      isNews = lastError.isEmpty();
      lastError = why;
    }
    publishIf(isNews, why);
  }

  /** An event says so unless the call before failed, too. */
  private void publishIf(boolean isNews, String why) {
    if (isNews) {
      recorder.publish(EventTypes.AGENTS_KEPT, event -> event.with("message", why));
    }
  }

  public synchronized AgentSupplierStatus status() {
    return new AgentSupplierStatus(Optional.ofNullable(answeredAt), lastError);
  }
}
