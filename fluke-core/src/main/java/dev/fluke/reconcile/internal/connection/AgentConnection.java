package dev.fluke.reconcile.internal.connection;

import dev.fluke.agent.Agent;
import dev.fluke.command.Command;
import dev.fluke.time.Scheduler;
import dev.fluke.transport.Answer;
import dev.fluke.transport.Held;
import dev.fluke.transport.HostConnection;
import dev.fluke.transport.Transport;
import dev.fluke.transport.UnreachableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one connection to an agent's host: opened when first needed, kept between cycles, renewed
 * when it is lost or an hour old. Remembers when an unreachable host may be tried again.
 */
public final class AgentConnection implements ConnectionPool.Pooled {
  private static final Logger log = LoggerFactory.getLogger(AgentConnection.class);
  private static final Duration OLDEST = Duration.ofHours(1);

  private final Agent agent;
  private final Scheduler scheduler;
  private final ConnectionPool pool;
  private final RetryPlan retries;
  private final LoginTurn turn;
  private final HostOpener opener;
  private volatile @Nullable HostConnection connection;
  private volatile HostFacts facts = HostFacts.NONE;
  private final AtomicInteger inUse = new AtomicInteger();
  private long openedAt;
  private boolean wasNeeded;
  private boolean closed;

  public AgentConnection(Agent agent, Scheduler scheduler, ConnectionPool pool) {
    this.agent = agent;
    this.scheduler = scheduler;
    this.pool = pool;
    this.retries = new RetryPlan(scheduler);
    this.turn = new LoginTurn(pool);
    this.opener = new HostOpener(agent, scheduler);
  }

  /**
   * Asks the host.
   *
   * @param refused why nothing may be sent, asked once the connection is open; empty if it may
   */
  List<Answer> ask(List<Command> commands, boolean patient, Supplier<String> refused) {
    return with(
        patient,
        refused,
        open -> open.ask(commands),
        none -> commands.stream().map(c -> (Answer) none).toList());
  }

  /** Sends one command of an apply; {@code refused} as for {@link #ask}. */
  Answer act(Command command, Supplier<String> refused) {
    return with(false, refused, open -> open.act(command), none -> none);
  }

  /** Takes the host's lock; the connection is in use until the result is closed. */
  Held hold(Duration wait) {
    inUse.incrementAndGet();
    try {
      HostConnection open = opened(false);
      Held held = open.hold(wait);
      facts = HostFacts.of(open);
      return new HeldInUse(held, inUse::decrementAndGet);
    } catch (UnreachableException e) {
      inUse.decrementAndGet();
      return Held.notTaken(lost(e));
    } catch (Throwable t) {
      inUse.decrementAndGet();
      throw t;
    }
  }

  private <T> T with(
      boolean patient,
      Supplier<String> refused,
      Function<HostConnection, T> use,
      Function<Answer.None, T> without) {
    inUse.incrementAndGet();
    try {
      HostConnection open = opened(patient); // can take long
      String why = refused.get();
      return why.isEmpty()
          ? use.apply(open)
          : without.apply(new Answer.None(Answer.Reason.NOT_BEGUN, why, Optional.empty()));
    } catch (UnreachableException e) {
      return without.apply(lost(e));
    } finally {
      inUse.decrementAndGet();
    }
  }

  private Answer.None lost(UnreachableException e) {
    return new Answer.None(Answer.Reason.CONNECTION_LOST, errors().messageOf(e), Optional.empty());
  }

  @Override
  public boolean isInUse() {
    return inUse.get() > 0;
  }

  /** Waits for its turn to log in; no limit of a call counts meanwhile. */
  void awaitLogin(boolean patient) throws InterruptedException {
    if (!isClosed() && !(patient && retries.waitsBecause() != null)) {
      turn.await();
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  /**
   * Opens the connection if there is none.
   *
   * @param patient whether to wait for an unreachable host's next try instead of connecting now
   */
  HostConnection opened(boolean patient) throws UnreachableException {
    HostConnection opened = known(patient);
    if (opened == null) {
      opened = fresh();
    }
    pool.used(this); // without a lock of ours: it may end other connections
    return opened;
  }

  private @Nullable HostConnection known(boolean patient) throws UnreachableException {
    HostConnection current = connection;
    boolean open = isOpen(current);
    synchronized (this) {
      wasNeeded = true;
      if (closed) {
        throw gone();
      }
      if (open && current == connection) {
        return current;
      }
      String waits = patient ? retries.waitsBecause() : null;
      if (waits != null) {
        throw UnreachableException.because(waits);
      }
      return null;
    }
  }

  private UnreachableException gone() {
    return UnreachableException.because(
        "agent '" + agent.name() + "' was removed, or is reached in another way now");
  }

  private HostConnection fresh() throws UnreachableException {
    Transport transport = opener.transport();
    try {
      turn.use();
      HostConnection opened = opener.open(transport);
      HostFacts found = HostFacts.of(opened);
      if (!keep(opened, found)) {
        pool.closer().close(agent.name(), opened);
        throw gone();
      }
      return opened;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw UnreachableException.because("cancelled while connecting");
    } catch (Throwable t) {
      errors().log(log, "agent " + agent.name() + ": connecting failed", t);
      throw remembered(t);
    }
  }

  private synchronized boolean keep(HostConnection opened, HostFacts found) {
    if (closed) {
      return false;
    }
    connection = opened;
    facts = found;
    openedAt = scheduler.nanoTime();
    retries.connected();
    return true;
  }

  private UnreachableException remembered(Throwable e) {
    UnreachableException known = e instanceof UnreachableException u ? u : null;
    String why = errors().messageOf(e);
    retries.failed(why, known != null && known.isLoginRefused());
    return known != null ? known : UnreachableException.because(why);
  }

  MaskedErrors errors() {
    return new MaskedErrors(pool.mask());
  }

  public boolean isOpen() {
    return isOpen(connection);
  }

  private static boolean isOpen(@Nullable HostConnection connection) {
    try {
      return connection != null && connection.isOpen();
    } catch (Throwable t) {
      log.debug("isOpen() of a connection failed; Fluke opens another", t);
      return false;
    }
  }

  public @Nullable String unreachableBecause() {
    return retries.unreachableBecause();
  }

  public @Nullable Instant retryAt() {
    return retries.retryAt();
  }

  /** How long until an unreachable host may be tried again; null if it is not unreachable. */
  public @Nullable Duration untilRetry() {
    return retries.untilRetry();
  }

  /** Whether an earlier cycle needed the connection. */
  public synchronized boolean wasNeeded() {
    return wasNeeded;
  }

  /** The capabilities of the host, as found when the connection was last used. */
  public List<String> capabilities() {
    return facts.capabilities().stream().map(pool.mask()::hide).toList();
  }

  /** The remarks about the host, as found when the connection was last used. */
  public List<String> remarks() {
    return facts.remarks().stream().map(pool.mask()::hide).toList();
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

  /** Apart from the caller: a silent host can make it take long. */
  private void close(@Nullable HostConnection ended) {
    pool.ended(this);
    if (ended != null) {
      pool.closer().close(agent.name(), ended);
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
