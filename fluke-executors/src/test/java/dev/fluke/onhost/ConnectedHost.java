package dev.fluke.onhost;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.command.Secret;
import dev.fluke.executor.Executor;
import dev.fluke.executor.Host;
import dev.fluke.time.Scheduler;
import dev.fluke.transport.Answer;
import dev.fluke.transport.HostConnection;
import dev.fluke.transport.Local;
import dev.fluke.transport.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** This machine as an executor sees it, without the loop: hundreds of applies take seconds. */
public final class ConnectedHost implements Host, AutoCloseable {
  private final Scheduler scheduler = Scheduler.system();
  private final HostConnection connection;
  private boolean applies;

  private ConnectedHost() throws Exception {
    connection = Local.machine().open(Target.of("host", scheduler));
  }

  /** Connected until it is closed. */
  public static ConnectedHost local() throws Exception {
    return new ConnectedHost();
  }

  /** What the check says, or how it failed. */
  public String check(Executor executor) {
    applies = false;
    try {
      return executor.check(this).toString();
    } catch (Exception e) {
      return e.toString();
    }
  }

  /** How the apply failed; empty if it did not. */
  public String apply(Executor executor) {
    applies = true;
    try {
      executor.apply(this);
      return "";
    } catch (Exception e) {
      return e.toString();
    }
  }

  @Override
  public CommandResult run(Command command) {
    return runAll(List.of(command)).get(0);
  }

  @Override
  public List<CommandResult> runAll(List<Command> commands) {
    return commands.stream().map(each -> finished(applies ? act(each) : ask(each))).toList();
  }

  private Answer ask(Command command) {
    return connection.ask(List.of(command.timeout(Duration.ofSeconds(8)))).get(0);
  }

  /** Others who work on this machine may hold its lock. */
  private Answer act(Command command) {
    Answer answer = connection.act(command);
    while (answer instanceof Answer.None none && none.reason() == Answer.Reason.LOCKED) {
      answer = connection.act(command);
    }
    return answer;
  }

  private static CommandResult finished(Answer answer) {
    if (answer instanceof Answer.Finished finished) {
      return finished.result();
    }
    throw new IllegalStateException(answer.toString());
  }

  @Override
  public String agent() {
    return "host";
  }

  @Override
  public String secret(Secret secret) {
    return secret.reveal();
  }

  @Override
  public Map<String, String> labels() {
    return Map.of();
  }

  @Override
  public Instant time() {
    return scheduler.now();
  }

  @Override
  public void pause(Duration time) throws InterruptedException {
    scheduler.sleep(time);
  }

  @Override
  public void close() {
    connection.close();
  }
}
