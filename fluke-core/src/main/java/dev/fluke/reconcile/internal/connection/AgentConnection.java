package dev.fluke.reconcile.internal.connection;

import dev.fluke.agent.Agent;
import dev.fluke.command.Command;
import dev.fluke.reconcile.internal.memory.Backoff;
import dev.fluke.text.Printable;
import dev.fluke.time.Scheduler;
import dev.fluke.transport.Answer;
import dev.fluke.transport.HostConnection;
import dev.fluke.transport.Target;
import dev.fluke.transport.Transport;
import dev.fluke.transport.UnreachableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one connection to an agent's host: opened when first needed, kept between cycles, renewed
 * when it is lost or an hour old. Remembers when an unreachable host may be tried again.
 */
public final class AgentConnection implements ConnectionPool.Pooled {
  private static final Duration OLDEST = Duration.ofHours(1);
  private static final Backoff RETRIES =
      new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(5), Backoff.Jitter.NONE);
  private static final Duration AFTER_REFUSED_LOGIN = Duration.ofHours(1);

  private final Agent agent;
  private final Scheduler scheduler;
  private final ConnectionPool pool;
  private @Nullable HostConnection connection;
  private final AtomicInteger inUse = new AtomicInteger();
  private long openedAt;
  private boolean wasNeeded;
  private int failures;
  private @Nullable String unreachable;
  private long retryAt;
  private @Nullable Instant retryAtWallClock;
  private boolean closed;

  public AgentConnection(Agent agent, Scheduler scheduler, ConnectionPool pool) {
    this.agent = agent;
    this.scheduler = scheduler;
    this.pool = pool;
  }

  public List<Answer> ask(List<Command> commands, boolean patient) {
    return with(
        patient,
        open -> open.ask(commands),
        why ->
            commands.stream().map(c -> Answer.none(Answer.Reason.CONNECTION_LOST, why)).toList());
  }

  public Answer act(Command command) {
    return with(
        false, open -> open.act(command), why -> Answer.none(Answer.Reason.CONNECTION_LOST, why));
  }

  private <T> T with(
      boolean patient, Function<HostConnection, T> use, Function<String, T> without) {
    inUse.incrementAndGet();
    try {
      return use.apply(opened(patient));
    } catch (UnreachableException e) {
      return without.apply(said(e));
    } finally {
      inUse.decrementAndGet();
    }
  }

  @Override
  public boolean isInUse() {
    return inUse.get() > 0;
  }

  /**
   * Opens the connection if there is none.
   *
   * @param patient whether to wait for an unreachable host's next try instead of connecting now
   */
  public HostConnection opened(boolean patient) throws UnreachableException {
    HostConnection opened = known(patient);
    if (opened == null) {
      opened = fresh();
    }
    pool.used(this); // without a lock of ours: it may end other connections
    return opened;
  }

  private @Nullable HostConnection known(boolean patient) throws UnreachableException {
    synchronized (this) {
      wasNeeded = true;
      if (closed) {
        throw UnreachableException.because("agent '" + agent.name() + "' was removed");
      }
      if (isOpen() && connection != null) {
        return connection;
      }
      if (unreachable != null && patient && retryAt - scheduler.nanoTime() > 0) {
        throw UnreachableException.because(unreachable);
      }
      return null;
    }
  }

  private HostConnection fresh() throws UnreachableException {
    Transport transport =
        agent
            .transport()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "agent '%s' has no host; it was declared without a transport"
                            .formatted(agent.name())));
    try {
      pool.awaitTurn();
      HostConnection opened = transport.open(target());
      synchronized (this) {
        if (closed) {
          opened.close();
          throw UnreachableException.because("agent '" + agent.name() + "' was removed");
        }
        connection = opened;
        openedAt = scheduler.nanoTime();
        failures = 0;
        unreachable = null;
        retryAtWallClock = null;
      }
      return opened;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw UnreachableException.because("cancelled while connecting");
    } catch (Exception e) {
      throw remembered(e);
    }
  }

  private Target target() {
    return Target.of(agent.name(), scheduler).defaultShell(agent.defaultShell()).path(agent.path());
  }

  /** Rule 21: again after 5 s, doubling to 5 minutes; after a refused login, after an hour. */
  private synchronized UnreachableException remembered(Exception e) {
    boolean refused = e instanceof UnreachableException u && u.isLoginRefused();
    Duration wait = refused ? AFTER_REFUSED_LOGIN : RETRIES.after(failures, scheduler.random());
    failures++;
    retryAt = scheduler.nanoTime() + wait.toNanos();
    retryAtWallClock = scheduler.now().plus(wait);
    unreachable = said(e);
    return e instanceof UnreachableException u ? u : UnreachableException.because(unreachable);
  }

  private static String said(Exception e) {
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    return Printable.of(message);
  }

  public synchronized boolean isOpen() {
    return connection != null && connection.isOpen();
  }

  public synchronized @Nullable String unreachableBecause() {
    return unreachable;
  }

  public synchronized @Nullable Instant retryAt() {
    return retryAtWallClock;
  }

  /** How long until an unreachable host may be tried again; null if it is not unreachable. */
  public synchronized @Nullable Duration untilRetry() {
    return unreachable == null ? null : Duration.ofNanos(retryAt - scheduler.nanoTime());
  }

  /** Whether an earlier cycle needed the connection. */
  public synchronized boolean wasNeeded() {
    return wasNeeded;
  }

  public synchronized List<String> capabilities() {
    return connection == null ? List.of() : connection.capabilities();
  }

  public synchronized List<String> remarks() {
    return connection == null ? List.of() : connection.remarks();
  }

  /** Ends a connection that is an hour old, so that the next use opens a fresh one. */
  public void endIfOld() {
    boolean old;
    synchronized (this) {
      old = connection != null && scheduler.nanoTime() - openedAt > OLDEST.toNanos();
    }
    if (old) {
      end();
    }
  }

  /** Ends the connection; the next use opens a fresh one. */
  public void end() {
    HostConnection ended;
    synchronized (this) {
      ended = connection;
      connection = null;
    }
    close(ended);
  }

  /** As {@link #end}, unless it is in use; whether it was ended. */
  @Override
  public boolean endIfIdle() {
    HostConnection ended;
    synchronized (this) {
      if (isInUse()) {
        return false;
      }
      ended = connection;
      connection = null;
    }
    close(ended);
    return true;
  }

  private void close(@Nullable HostConnection ended) {
    pool.ended(this);
    if (ended != null) {
      ended.close();
    }
  }

  /** Ends the connection, for good. */
  public void close() {
    synchronized (this) {
      closed = true;
    }
    end();
  }
}
