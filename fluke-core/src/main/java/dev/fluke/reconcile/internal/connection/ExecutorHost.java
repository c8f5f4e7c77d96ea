package dev.fluke.reconcile.internal.connection;

import dev.fluke.agent.Agent;
import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.command.Mask;
import dev.fluke.command.Secret;
import dev.fluke.executor.Host;
import dev.fluke.executor.HostException;
import dev.fluke.time.Scheduler;
import dev.fluke.transport.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The host during one call of an executor: asks in a check, acts in an apply. Remembers which
 * commands ran, and the first without a result, even if the executor swallows the exception.
 */
public final class ExecutorHost implements Host {
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private final Agent agent;
  private final Scheduler scheduler;
  private final Sender sender;
  private final Duration limit;
  private final Mask mask;
  private final boolean acts;
  private final ReentrantLock oneAtATime = new ReentrantLock(); // an executor may have threads
  private final List<String> commands = new CopyOnWriteArrayList<>();
  private final PrintedOutput printed;
  private volatile Answer.@Nullable None lost;
  private volatile boolean over;
  private @Nullable Long firstActAt; // guarded by oneAtATime

  /** Where commands go. */
  public interface Sender {
    List<Answer> ask(List<Command> commands);

    Answer act(Command command);
  }

  private ExecutorHost(
      Agent agent, Scheduler scheduler, Sender sender, Duration limit, Mask mask, boolean acts) {
    this.agent = agent;
    this.scheduler = scheduler;
    this.sender = sender;
    this.limit = limit;
    this.mask = mask;
    this.acts = acts;
    this.printed = new PrintedOutput(mask);
  }

  public static ExecutorHost asking(
      Agent agent, Scheduler scheduler, Sender sender, Duration limit, Mask mask) {
    return new ExecutorHost(agent, scheduler, sender, limit, mask, false);
  }

  public static ExecutorHost acting(
      Agent agent, Scheduler scheduler, Sender sender, Duration limit, Mask mask) {
    return new ExecutorHost(agent, scheduler, sender, limit, mask, true);
  }

  @Override
  public CommandResult run(Command command) {
    return runAll(List.of(command)).get(0);
  }

  @Override
  public List<CommandResult> runAll(List<Command> all) {
    oneAtATime.lock();
    try {
      throwIfOver();
      List<Command> present = all.stream().map(mask::learn).toList();
      present.forEach(command -> commands.add(command.toString()));
      return acts ? act(present) : ask(present);
    } finally {
      oneAtATime.unlock();
    }
  }

  @Override
  public String secret(Secret secret) {
    return mask.learn(secret).reveal();
  }

  private List<CommandResult> ask(List<Command> all) {
    List<Command> limited = all.stream().map(command -> limited(command, limit)).toList();
    return sender.ask(limited).stream().map(answer -> resultOf(answer, false)).toList();
  }

  private List<CommandResult> act(List<Command> all) {
    if (firstActAt == null) {
      firstActAt = scheduler.nanoTime();
    }
    List<CommandResult> results = new ArrayList<>();
    for (Command command : all) {
      throwIfOver();
      Answer answer = sender.act(limited(command, restOfTheLimit(firstActAt)));
      results.add(resultOf(answer, !command.isQuestion()));
    }
    return results;
  }

  /** All commands of an apply share its limit. */
  private Duration restOfTheLimit(long since) {
    Duration rest = limit.minusNanos(scheduler.nanoTime() - since);
    return rest.compareTo(SHORTEST) > 0 ? rest : SHORTEST;
  }

  private void throwIfOver() {
    if (over) {
      throw new IllegalStateException(
          "the check or apply that received this host has returned; use a host only during its call");
    }
  }

  public static Command limited(Command command, Duration limit) {
    return command.timeout().isPresent() ? command : command.timeout(limit);
  }

  private CommandResult resultOf(Answer answer, boolean keepsOutput) {
    return answer.fold(
        result -> {
          if (acts && (keepsOutput || !result.succeeded())) {
            printed.add(result);
          }
          return result.hiding(mask);
        },
        none -> {
          if (keepsOutput) {
            none.printed().ifPresent(printed::add);
          }
          if (lost == null) {
            lost = none;
          }
          throw new HostException(none.reason(), mask.hide(none.why()));
        });
  }

  /** The first command without a result, if there was one. */
  public Answer.@Nullable None lost() {
    return lost;
  }

  /** Whether it was used. */
  public boolean wasUsed() {
    return !commands.isEmpty();
  }

  /** What the commands of an apply printed. */
  public PrintedOutput printed() {
    return printed;
  }

  /** What ran, on one line. */
  public String commands() {
    return String.join("; ", commands);
  }

  /** Refuses further commands, and waits for one that a thread of the executor still runs. */
  public void awaitEnd() throws InterruptedException {
    over = true;
    oneAtATime.lockInterruptibly();
    oneAtATime.unlock();
  }

  /** Ends the call: a kept reference to this host sends nothing any more. */
  public void over() {
    over = true;
  }

  @Override
  public String agent() {
    return agent.name();
  }

  @Override
  public Map<String, String> labels() {
    return agent.labels();
  }

  @Override
  public Instant time() {
    return scheduler.now();
  }

  @Override
  public void pause(Duration time) throws InterruptedException {
    scheduler.sleep(time);
  }
}
