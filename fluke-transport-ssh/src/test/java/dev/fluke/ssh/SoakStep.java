package dev.fluke.ssh;

import dev.fluke.command.Command;
import dev.fluke.executor.CommandCheck;
import dev.fluke.executor.Host;

/** A step that is two scripts. */
record SoakStep(String check, String command) implements CommandCheck {
  @Override
  public Command checkCommand() {
    return Command.shell(check);
  }

  @Override
  public void apply(Host host) throws Exception {
    host.run(Command.shell(command)).orThrow();
  }
}
