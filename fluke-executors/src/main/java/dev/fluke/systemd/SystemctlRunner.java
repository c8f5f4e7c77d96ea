package dev.fluke.systemd;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.executor.Host;
import dev.fluke.executor.HostException;
import dev.fluke.transport.Answer;

/** Runs systemctl for one unit on one host, and words its failures. */
record SystemctlRunner(Host host, Systemctl systemctl) {

  /**
   * Reads the state of the unit.
   *
   * @throws UnitException if systemctl can't read it
   */
  UnitState show() {
    return show(systemctl.showWithLinks());
  }

  private UnitState show(Command question) {
    CommandResult shown = host.run(question);
    if (!shown.succeeded()) {
      throw new UnitException(systemctl.explain(shown));
    }
    return UnitState.of(shown);
  }

  /**
   * Runs a verb that changes something.
   *
   * @throws UnitException if it fails, with the state of the unit after it
   * @throws UnitException if sudo refuses it, with the sudoers line that would allow it
   */
  void change(String verb, String... arguments) {
    CommandResult changed = run(systemctl.change(verb, arguments));
    if (!changed.succeeded()) {
      throw failure(verb, changed);
    }
  }

  /** Puts the words of systemctl first: the host may not answer the question for the state. */
  private UnitException failure(String verb, CommandResult result) {
    String words =
        "systemctl %s ended with status %d: %s"
            .formatted(verb, result.exitStatus(), result.tail(300));
    try {
      UnitState after = show(systemctl.show());
      return new UnitException("%s; %s is %s".formatted(words, after.id(), after.active()));
    } catch (HostException | UnitException e) {
      return new UnitException("%s; and then: %s".formatted(words, e.getMessage()), e);
    }
  }

  private CommandResult run(Command command) {
    try {
      return host.run(command);
    } catch (HostException e) {
      String why = String.valueOf(e.getMessage());
      if (e.reason() != Answer.Reason.NOT_BEGUN || !why.contains("sudo")) {
        throw e;
      }
      String login = host.run(Command.of("id", "-un")).orThrow().stdout().strip();
      throw new UnitException(
          "%s; in sudoers: %s".formatted(why, systemctl.sudoersLine(login, command)), e);
    }
  }
}
