package dev.fluke.ssh;

import dev.fluke.command.Command;
import dev.fluke.executor.CommandCheck;
import dev.fluke.executor.Executor;
import dev.fluke.executor.ExecutorKind;
import dev.fluke.executor.Field;
import dev.fluke.executor.Host;
import dev.fluke.executor.Settings;
import java.util.List;

/** Steps of a check and a command of a shell. */
final class SshPairKind implements ExecutorKind {
  private static final Field<String> CHECK = Field.text("check", "the check").required();
  private static final Field<String> COMMAND = Field.text("command", "the command").required();

  private record Step(String check, String command) implements CommandCheck {
    @Override
    public Command checkCommand() {
      return Command.shell(check);
    }

    @Override
    public void apply(Host host) {
      host.run(Command.shell(command)).orThrow();
    }
  }

  @Override
  public String name() {
    return "pair";
  }

  @Override
  public String about() {
    return "A check and a command.";
  }

  @Override
  public List<Field<?>> fields() {
    return List.of(CHECK, COMMAND);
  }

  @Override
  public Executor read(Settings values) {
    return new Step(values.get(CHECK), values.get(COMMAND));
  }

  /** A file with one task. */
  static String file(String task, String check, String command) {
    return """
        tasks:
          %s:
            selector: { all: true }
            steps:
              - pair: s
                check: "%s"
                command: "%s"
        """
        .formatted(task, check, command);
  }
}
