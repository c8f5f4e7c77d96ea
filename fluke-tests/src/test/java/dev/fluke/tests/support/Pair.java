package dev.fluke.tests.support;

import static dev.fluke.agent.Selector.everyAgent;

import dev.fluke.command.Command;
import dev.fluke.executor.CommandCheck;
import dev.fluke.executor.Host;
import dev.fluke.manifest.Task;

/** Two commands, as these tests need them: one that checks, one that applies. */
public record Pair(String check, String command) implements CommandCheck {

  /** The pair of this name: {@code check NAME} and {@code fix NAME}. */
  public static Pair of(String name) {
    return new Pair("check " + name, "fix " + name);
  }

  /** A task for every agent with one step, the pair of the same name. */
  public static Task task(String name) {
    return builder(name).build();
  }

  public static Task.Builder builder(String name) {
    return Task.named(name).on(everyAgent()).step("step", of(name));
  }

  @Override
  public Command checkCommand() {
    return Command.shell(check);
  }

  @Override
  public void apply(Host host) {
    host.run(Command.shell(command)).orThrow();
  }
}
