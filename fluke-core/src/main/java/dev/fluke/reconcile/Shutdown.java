package dev.fluke.reconcile;

import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rule 31: starts nothing new, waits for applies, then ends them; done within 40 s. */
final class Shutdown {
  private static final Logger log = LoggerFactory.getLogger(Shutdown.class);

  private static final Duration LONGEST = Duration.ofSeconds(39);
  private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(8);
  private static final Duration TO_LET_GO = Duration.ofSeconds(5);
  private static final int AT_ONCE = 64;

  private final Engine loop;
  private final Scheduler scheduler;
  private final long until;

  Shutdown(Engine loop) {
    this.loop = loop;
    this.scheduler = loop.scheduler();
    this.until = scheduler.nanoTime() + LONGEST.toNanos();
  }

  void run() {
    List<Lane> all = loop.members().lanes();
    loop.timers().stop();
    loop.fleet().all().forEach(agent -> agent.lane().cancel(agent));
    boolean calm = isQuietWithin(loop.settings().closeGrace());
    if (!calm) {
      all.forEach(Lane::interrupt);
      calm = isQuietWithin(AFTER_INTERRUPT);
    }
    if (!calm) {
      all.stream()
          .filter(lane -> lane.abandon("closed while it was under way"))
          .forEach(lane -> log.warn("lane {} did not end: a call there hangs", lane.address()));
    }
    closeLinks();
    loop.sources().close();
    loop.alerts().close(left());
    loop.journal().close();
  }

  private boolean isQuietWithin(Duration time) {
    return loop.members().isQuiet() || await(loop.quiet(), time);
  }

  private Duration left() {
    Duration left = Duration.ofNanos(Math.max(0, until - scheduler.nanoTime()));
    return left.compareTo(TO_LET_GO) < 0 ? left : TO_LET_GO;
  }

  /** Many at once: a host that is silent now holds up its own only. */
  private void closeLinks() {
    Queue<AgentConnection> links = new ConcurrentLinkedQueue<>();
    for (ManagedAgent agent : loop.fleet().all()) {
      if (agent.link().isOpen()) {
        links.add(agent.link());
      } else {
        agent.link().close();
      }
    }
    List<CompletableFuture<Void>> ends = new ArrayList<>();
    for (int i = Math.min(AT_ONCE, links.size()); i > 0; i--) {
      CompletableFuture<Void> end = new CompletableFuture<>();
      ends.add(end);
      scheduler.start(
          "fluke-close",
          () -> {
            try {
              for (AgentConnection link = links.poll(); link != null; link = links.poll()) {
                link.close();
              }
            } finally {
              end.complete(null);
            }
          });
    }
    if (!await(CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)), left())) {
      log.warn("some connections did not end in time; they are left to themselves");
    }
  }

  private boolean await(CompletableFuture<Void> future, Duration time) {
    boolean interrupted = false;
    try {
      return scheduler.await(future, time);
    } catch (InterruptedException e) {
      interrupted = true;
      return false;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
