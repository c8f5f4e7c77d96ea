package dev.fluke.reconcile.internal.connection;

import dev.fluke.agent.Agent;
import dev.fluke.command.Command;
import dev.fluke.command.Mask;
import dev.fluke.executor.Host;
import dev.fluke.text.ErrorText;
import dev.fluke.transport.Answer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cycle's access to its agent's host. Every call has a limit, and an abandoned cycle sends
 * nothing. Used by one thread at a time; any thread may cancel it.
 */
public final class HostAccess implements ExecutorHost.Sender {
  private static final Logger log = LoggerFactory.getLogger(HostAccess.class);
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(30);
  private static final Duration SLACK = Duration.ofSeconds(60);

  private final AddressAccess address;
  private final Agent agent;
  private final AgentConnection connection;
  private final Permission permission;
  private final boolean patient;
  private volatile boolean cancelled;
  private volatile boolean applying;
  private boolean cut;

  /** Whether a cycle may go on. */
  public interface Permission {
    /**
     * Returns if it may.
     *
     * @throws AbandonedException if the lane was abandoned while the cycle hung in a call
     */
    void throwIfAbandoned();
  }

  /** Unwinds a cycle that was abandoned. */
  public static final class AbandonedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  public HostAccess(
      AddressAccess address,
      Agent agent,
      AgentConnection connection,
      Permission permission,
      boolean patient) {
    this.address = address;
    this.agent = agent;
    this.connection = connection;
    this.permission = permission;
    this.patient = patient;
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

  /** Runs a call into user code under a limit. */
  public <T> T call(String what, Duration limit, Callable<T> call) throws Exception {
    permission.throwIfAbandoned();
    try {
      return address.call(what, limit, call);
    } finally {
      permission.throwIfAbandoned();
    }
  }

  /** Opens the connection; if that fails, the next command says so. */
  public void connect() {
    try {
      call("connecting", CONNECT_LIMIT, () -> connection.opened(patient));
    } catch (Exception e) {
      log.debug("agent {}: not connected: {}", agent.name(), ErrorText.of(e));
    }
  }

  /** Asks the host. Never throws: if the call fails, no command has a result. */
  @Override
  public List<Answer> ask(List<Command> commands) {
    Duration limit = SLACK;
    for (Command command : commands) {
      limit = limit.plus(command.timeout().orElse(Duration.ZERO));
    }
    try {
      return call("asking the host", limit, () -> noting(connection.ask(commands, patient)));
    } catch (Throwable t) {
      String why = ErrorText.of(t);
      return commands.stream().map(each -> Answer.none(Answer.Reason.GARBLED, why)).toList();
    }
  }

  /** Sends one command of an apply. Never throws: if the call fails, the end is not known. */
  @Override
  public Answer act(Command command) {
    Duration limit = command.timeout().orElse(Duration.ZERO).plus(SLACK);
    try {
      Answer answer =
          address.call("a command of an apply", limit, () -> address.act(connection, command));
      return noting(List.of(answer)).get(0);
    } catch (Exception e) {
      return Answer.none(Answer.Reason.END_NOT_KNOWN, ErrorText.of(e));
    }
  }

  private List<Answer> noting(List<Answer> answers) {
    cut = answers.stream().anyMatch(HostAccess::isLost) && !connection.isOpen();
    return answers;
  }

  /** Whether the answer went with the connection, so that a check may be asked again. */
  public static boolean isLost(Answer answer) {
    return answer instanceof Answer.None none && none.reason().isLost();
  }

  /** Whether the connection was lost during the latest commands. */
  public boolean isCut() {
    return cut;
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
  public void apply(String what, Duration limit, Host host, ApplyCall call) throws Exception {
    applying = true;
    try {
      call(
          what,
          limit,
          () -> {
            call.apply(host);
            return true;
          });
    } finally {
      applying = false;
      address.countApply();
    }
  }

  /** An executor's apply. */
  public interface ApplyCall {
    public void apply(Host host) throws Exception;
  }

  public void pause(Duration time) throws InterruptedException {
    address.scheduler().sleep(time);
  }

  public boolean isApplying() {
    return applying;
  }

  /** Starts nothing new from now on. */
  public void cancel() {
    cancelled = true;
  }

  public boolean isCancelled() {
    return cancelled;
  }
}
