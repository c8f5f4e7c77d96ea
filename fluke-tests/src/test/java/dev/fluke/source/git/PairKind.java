package dev.fluke.source.git;

import dev.fluke.command.Command;
import dev.fluke.executor.CommandCheck;
import dev.fluke.executor.Executor;
import dev.fluke.executor.ExecutorKind;
import dev.fluke.executor.Field;
import dev.fluke.executor.Host;
import dev.fluke.executor.Settings;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A kind whose steps are a pair of a scripted host. */
final class PairKind implements ExecutorKind {
  private static final Field<String> CHECK = Field.text("check", "the check").required();
  private static final Field<String> COMMAND = Field.text("command", "the command").required();

  private static final Field<String> SOURCE =
      Field.text("source", "a file of the revision, whose content is the command");

  record Pair(String check, String command) implements CommandCheck {
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
    return List.of(CHECK, COMMAND, SOURCE);
  }

  @Override
  public Executor read(Settings values) {
    String command =
        values
            .find(SOURCE)
            .map(path -> new String(values.file(path), StandardCharsets.UTF_8))
            .orElseGet(() -> values.get(COMMAND));
    return new Pair(values.get(CHECK), command);
  }

  /** A file with one task, named as its check and command are. */
  static String file(String task) {
    return "tasks:\n  "
        + task
        + ":\n    selector: { all: true }\n    steps:\n      - pair: s\n        check: check "
        + task
        + "\n        command: fix "
        + task
        + "\n";
  }
}
