package dev.fluke.reconcile.internal.connection;

import dev.fluke.agent.Agent;
import dev.fluke.command.Command;
import dev.fluke.command.Mask;
import dev.fluke.executor.Host;
import dev.fluke.transport.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cycle's access to its agent's host. Every call has a limit. Before each command it asks whether
 * the cycle still has the right to it. Used by one thread at a time.
 */
public final class HostAccess implements ExecutorHost.Sender {
  private static final Logger log = LoggerFactory.getLogger(HostAccess.class);
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(30);
  private static final Duration SLACK = Duration.ofSeconds(60);

  private final AddressAccess address;
  private final Agent agent;
  private final AgentConnection connection;
  private final ConnectionState state;
  private final Permission permission;
  private final boolean patient;
  private volatile boolean applying;
  private volatile boolean mayChangeTheHost;
  private final StepLock lock;
  private boolean cut;
  private boolean lostInApply;

  /** Rule 0 as the connection asks it: just before each command, never earlier. */
  public interface Permission {
    /** Why no check may begin; empty if one may. */
    String whyNoCheck();

    /** Why an apply sends no further command and is not verified; empty if it goes on. */
    String whyNotGoOn();

    /**
     * Returns unless the cycle was abandoned.
     *
     * @throws AbandonedException if its lane gave it up while it hung in a call
     */
    void throwIfAbandoned();
  }

  /** Unwinds a cycle that was abandoned. */
  public static final class AbandonedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  HostAccess(
      AddressAccess address,
      Agent agent,
      StepLock lock,
      AgentConnection connection,
      ConnectionState state,
      Permission permission,
      boolean patient) {
    this.address = address;
    this.agent = agent;
    this.connection = connection;
    this.state = state;
    this.permission = permission;
    this.patient = patient;
    this.lock = lock;
  }

  public AgentConnection connection() {
    return connection;
  }

  /** Monotonic time in nanoseconds. */
  public long now() {
    return address.scheduler().nanoTime();
  }

  /** How often something was applied at the address. */
  public long applies() {
    return address.applies();
  }

  /** Runs a call into foreign code under a limit. */
  public <T> T call(String what, Duration limit, Callable<T> call) throws Exception {
    permission.throwIfAbandoned();
    try {
      return address.call(what, limit, call);
    } finally {
      permission.throwIfAbandoned();
    }
  }

  /** Whether to connect before the first checks; {@code asksTheHost} if they surely need it. */
  public boolean needsConnecting(boolean asksTheHost) {
    return state.needsConnecting(asksTheHost);
  }

  /** Whether there is a connection that can be used. */
  public boolean isOpen() {
    return state.isOpen();
  }

  /** Opens the connection; if that fails, the next command says so. */
  public void connect() {
    try {
      state.awaitLogin(patient);
      if (permission.whyNoCheck().isEmpty()) {
        call("connecting", CONNECT_LIMIT, () -> connection.opened(patient));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      log.debug("agent {}: not connected", agent.name(), connection.errors().masked(e));
    }
  }

  /** Why no check may begin now; empty if one may. A verification belongs to its apply. */
  public String whyNoCheck() {
    return applying ? permission.whyNotGoOn() : permission.whyNoCheck();
  }

  /** Asks the host. Never throws: if the call fails or is refused, no command has a result. */
  @Override
  public List<Answer> ask(List<Command> commands) {
    Duration limit = SLACK;
    for (Command command : commands) {
      limit = limit.plus(command.timeout().orElse(Duration.ZERO));
    }
    try {
      state.awaitLogin(patient);
      String refused = whyNoCheck();
      if (!refused.isEmpty()) {
        return noneOf(commands, Answer.Reason.NOT_BEGUN, refused);
      }
      return call(
          "asking the host",
          limit,
          () -> noting(connection.ask(commands, patient, this::whyNoCheck)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return noneOf(commands, Answer.Reason.NOT_BEGUN, "cancelled before it began");
    } catch (Throwable t) {
      connection.errors().log(log, "agent " + agent.name() + ": asking the host failed", t);
      return noneOf(commands, Answer.Reason.GARBLED, connection.errors().textOf(t));
    }
  }

  private static List<Answer> noneOf(List<Command> commands, Answer.Reason reason, String why) {
    return commands.stream().map(each -> Answer.none(reason, why)).toList();
  }

  /**
   * Takes the host's lock for the apply of one step, until {@link #releaseLock}.
   *
   * @param wait how long the host keeps the lock while it waits for a command
   * @return why the lock is not held; empty if it is, or if the host has none
   */
  public Optional<Answer.None> takeLock(Duration wait) {
    Optional<Answer.None> refused = lock.take(wait);
    cut |= refused.isPresent() && refused.get().reason().isLost();
    return refused;
  }

  /** Gives the host's lock back. */
  public void releaseLock() {
    lock.giveBack();
  }

  /**
   * Sends one command of an apply. Never throws: if the call fails, the end is not known. Refused
   * once an earlier command's end was lost: nobody knows what still runs.
   */
  @Override
  public Answer act(Command command) {
    if (lostInApply) {
      return Answer.none(Answer.Reason.NOT_BEGUN, "the end of an earlier command is not known");
    }
    Duration limit = command.timeout().orElse(Duration.ZERO).plus(SLACK);
    Answer answer;
    try {
      answer =
          address.call(
              "a command of an apply",
              limit,
              () -> noting(List.of(address.act(this::send, this::ask, command))).get(0));
    } catch (Throwable t) {
      connection.errors().log(log, "agent " + agent.name() + ": a command of an apply failed", t);
      answer = Answer.none(Answer.Reason.END_NOT_KNOWN, connection.errors().textOf(t));
    }
    lostInApply |= isLost(answer) || hasReason(answer, Answer.Reason.GARBLED);
    return answer;
  }

  /** What came before the command, such as connecting, can take long: asks once more. */
  private Answer send(Command command) {
    String refused = permission.whyNotGoOn();
    return refused.isEmpty()
        ? lock.act(command, permission::whyNotGoOn)
        : Answer.none(Answer.Reason.NOT_BEGUN, refused);
  }

  private Answer ask(Command command) {
    return connection.ask(List.of(command), false, permission::whyNotGoOn).get(0);
  }

  private List<Answer> noting(List<Answer> answers) {
    cut = answers.stream().anyMatch(HostAccess::isLost) && !state.isOpen();
    return answers;
  }

  /** Whether the answer went with the connection, so that a check may be asked again. */
  public static boolean isLost(Answer answer) {
    return answer instanceof Answer.None none && none.reason().isLost();
  }

  /** Whether the answer is a refusal of Fluke's own: the host was not asked. */
  public boolean isRefusal(Answer answer) {
    return hasReason(answer, Answer.Reason.NOT_BEGUN) && !whyNoCheck().isEmpty();
  }

  private static boolean hasReason(Answer answer, Answer.Reason reason) {
    return answer instanceof Answer.None none && none.reason() == reason;
  }

  /** Whether the connection was lost during the latest commands, or during an apply. */
  public boolean isCut() {
    return cut || lostInApply;
  }

  /** The host as one check sees it. */
  public ExecutorHost hostForCheck(Duration limit, Mask mask) {
    return ExecutorHost.asking(agent, address.scheduler(), this, limit, mask);
  }

  /** The host as one apply sees it. */
  public ExecutorHost hostForApply(Duration limit, Mask mask) {
    return ExecutorHost.acting(agent, address.scheduler(), this, limit, mask);
  }

  /** Runs an executor's apply; checks from before it are no longer fresh. */
  public void apply(String what, Duration limit, ExecutorHost host, ApplyCall call)
      throws Exception {
    try {
      call(
          what,
          limit,
          () -> {
            call.apply(host);
            host.awaitEnd();
            return true;
          });
    } finally {
      address.countApply();
    }
  }

  /** An executor's apply. */
  public interface ApplyCall {
    void apply(Host host) throws Exception;
  }

  public void pause(Duration time) throws InterruptedException {
    address.scheduler().sleep(time);
  }

  /** From now on a step is applied and verified: closing lets that end. */
  public void beginStep() {
    mayChangeTheHost = true;
    applying = true;
  }

  /** The executor's apply has returned: what follows only verifies it. */
  public void verifies() {
    mayChangeTheHost = false;
  }

  /** The step was applied and verified, or was not begun. */
  public void endStep() {
    mayChangeTheHost = false;
    applying = false;
  }

  /** Whether a step is being applied or verified. */
  public boolean isApplying() {
    return applying;
  }

  /** Whether an executor's apply is under way, which a removal lets end. */
  public boolean mayChangeTheHost() {
    return mayChangeTheHost;
  }
}
