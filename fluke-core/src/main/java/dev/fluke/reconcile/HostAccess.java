package dev.fluke.reconcile;

import dev.fluke.agent.Agent;
import dev.fluke.command.Command;
import dev.fluke.executor.Host;
import dev.fluke.text.ErrorText;
import dev.fluke.time.Scheduler;
import dev.fluke.transport.Answer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one walk may do on its agent's host, and what it must heed while it does. */
final class HostAccess {
  private static final Logger log = LoggerFactory.getLogger(HostAccess.class);
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(30);
  private static final Duration ACT_SLACK = Duration.ofSeconds(60);

  private final Agent agent;
  private final AgentConnection link;
  private final Lane lane;
  private final Scheduler scheduler;
  private final boolean patient;
  private volatile boolean cancelled;
  private volatile boolean applying;
  private volatile @Nullable TaskRun working;
  private boolean cut;

  /**
   * An errand.
   *
   * @param patient whether an unreachable host is left alone until its next try is due
   */
  HostAccess(Agent agent, AgentConnection link, Lane lane, Scheduler scheduler, boolean patient) {
    this.agent = agent;
    this.link = link;
    this.lane = lane;
    this.scheduler = scheduler;
    this.patient = patient;
  }

  AgentConnection link() {
    return link;
  }

  long now() {
    return scheduler.nanoTime();
  }

  /** How often something was applied at the lane's address. */
  long applies() {
    return lane.applied().count();
  }

  <T> T guarded(String what, Duration limit, Callable<T> call) throws Exception {
    lane.throwIfAbandoned();
    try {
      return lane.guard().call(what, limit, call);
    } finally {
      lane.throwIfAbandoned();
    }
  }

  List<Answer> askHost(List<Command> commands) {
    List<Answer> answers = link.ask(commands, patient);
    noteIfCut(answers);
    return answers;
  }

  private Answer act(Command command) {
    Duration limit = command.timeout().orElse(Duration.ZERO).plus(ACT_SLACK);
    try {
      Answer answer =
          lane.guard()
              .call("a command of an apply", limit, () -> lane.applied().act(link, command));
      noteIfCut(List.of(answer));
      return answer;
    } catch (Exception e) {
      return Answer.none(Answer.Reason.END_NOT_KNOWN, ErrorText.of(e));
    }
  }

  private List<Answer> askNested(List<Command> commands) {
    Duration limit = ACT_SLACK;
    for (Command command : commands) {
      limit = limit.plus(command.timeout().orElse(Duration.ZERO));
    }
    try {
      return lane.guard().call("asking the host", limit, () -> askHost(commands));
    } catch (Exception e) {
      return commands.stream()
          .map(command -> Answer.none(Answer.Reason.GARBLED, ErrorText.of(e)))
          .toList();
    }
  }

  private void noteIfCut(List<Answer> answers) {
    boolean lost =
        answers.stream()
            .anyMatch(
                answer ->
                    answer instanceof Answer.None none
                        && (none.reason() == Answer.Reason.CONNECTION_LOST
                            || none.reason() == Answer.Reason.END_NOT_KNOWN));
    cut = lost && !link.isOpen();
  }

  /** Opens the connection; if that fails, the next command says so. */
  void connect() {
    try {
      guarded("connecting", CONNECT_LIMIT, () -> link.opened(patient));
    } catch (Exception e) {
      log.debug("agent {}: not connected: {}", agent.name(), ErrorText.of(e));
    }
  }

  /** Notes the task it is at, so that a call that never returns can be told to whom it belongs. */
  void workingOn(TaskRun task) {
    working = task;
  }

  boolean isWorkingOn(TaskRun task) {
    return working == task;
  }

  /** Whether the connection was lost by the last that was sent over it. */
  boolean isCut() {
    return cut;
  }

  ExecutorHost hostForCheck(StepRun run) {
    return ExecutorHost.asking(agent, scheduler, wire(), run.checkLimit, run.mask);
  }

  ExecutorHost hostForApply(StepRun run) {
    return ExecutorHost.acting(agent, scheduler, wire(), run.applyLimit, run.mask);
  }

  private ExecutorHost.Wire wire() {
    return new ExecutorHost.Wire() {
      @Override
      public List<Answer> ask(List<Command> commands) {
        return askNested(commands);
      }

      @Override
      public Answer act(Command command) {
        return HostAccess.this.act(command);
      }
    };
  }

  /** Runs an executor's apply; from here on checks from before don't count any more. */
  void apply(String what, Duration limit, Host host, ApplyCall call) throws Exception {
    applying = true;
    try {
      guarded(
          what,
          limit,
          () -> {
            call.apply(host);
            return true;
          });
    } finally {
      applying = false;
      lane.applied().countUp();
    }
  }

  /** An executor's apply. */
  interface ApplyCall {
    void apply(Host host) throws Exception;
  }

  void pause(Duration time) throws InterruptedException {
    scheduler.sleep(time);
  }

  boolean isApplying() {
    return applying;
  }

  /** Starts nothing new from now on. */
  void cancel() {
    cancelled = true;
  }

  boolean isCancelled() {
    return cancelled;
  }
}
