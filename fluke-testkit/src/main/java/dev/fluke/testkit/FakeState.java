package dev.fluke.testkit;

import dev.fluke.command.CommandResult;
import java.time.Duration;

/** Something on a fake host that is broken or healthy: one command checks it, one mends it. */
public final class FakeState {
  private final FakeHost host;
  private final String check;
  private final String command;
  private volatile int status = 1;

  FakeState(FakeHost host, String check, String command) {
    this.host = host;
    this.check = check;
    this.command = command;
    host.answer(check, asked -> CommandResult.exited(status));
    host.mutates(command);
    applyWorks();
  }

  /** The check exits 1 from now on, until the command has run. */
  public FakeState broken() {
    return checkAnswers(1);
  }

  /** The check exits 0 from now on. */
  public FakeState healthy() {
    return checkAnswers(0);
  }

  /** The check exits with this status from now on. */
  public FakeState checkAnswers(int exitStatus) {
    status = exitStatus;
    return this;
  }

  /** The command mends it, as in the beginning. */
  public FakeState applyWorks() {
    host.answer(
        command,
        ran -> {
          status = 0;
          return CommandResult.exited(0);
        });
    return this;
  }

  /** The command exits 0 and changes nothing. */
  public FakeState applyDoesNothing() {
    host.answer(command, 0);
    return this;
  }

  /** The command fails with this status and changes nothing. */
  public FakeState applyFails(int exitStatus) {
    host.answer(command, exitStatus);
    return this;
  }

  /** The command takes that long. */
  public FakeState applyTakes(Duration time) {
    host.takes(command, time);
    return this;
  }

  /** The check takes that long. */
  public FakeState checkTakes(Duration time) {
    host.takes(check, time);
    return this;
  }
}
