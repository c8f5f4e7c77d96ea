package dev.fluke.testkit;

import dev.fluke.command.CommandResult;
import java.time.Duration;

/**
 * A part of a fake host's state that one command checks and another one repairs; {@link
 * FakeHost#pair} creates it.
 *
 * <p>At first the check exits 1, and the command repairs it. Each method changes that from now on,
 * and returns this object. Safe for use by any thread.
 */
public final class FakeState {
  private final HostScript host;
  private final String check;
  private final String command;
  private volatile int status = 1;

  FakeState(HostScript host, String check, String command) {
    this.host = host;
    this.check = check;
    this.command = command;
    host.answer(check, asked -> CommandResult.exited(status));
    host.mutates(command);
    applyWorks();
  }

  /** The check exits 1 until the command has run: drift. */
  public FakeState broken() {
    return checkAnswers(1);
  }

  /** The check exits 0: in sync. */
  public FakeState healthy() {
    return checkAnswers(0);
  }

  /** The check exits with this status, until the command has run and repaired it. */
  public FakeState checkAnswers(int exitStatus) {
    status = exitStatus;
    return this;
  }

  /** The command exits 0, and the check exits 0 after it: the default. */
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
    return applyAnswers(0);
  }

  /** The command exits with this status and changes nothing. */
  public FakeState applyFails(int exitStatus) {
    return applyAnswers(exitStatus);
  }

  private FakeState applyAnswers(int exitStatus) {
    host.answer(command, ran -> CommandResult.exited(exitStatus));
    return this;
  }

  /** The command runs for this long. By default it takes no time. */
  public FakeState applyTakes(Duration time) {
    host.takes(command, time);
    return this;
  }

  /** The check runs for this long. By default it takes no time. */
  public FakeState checkTakes(Duration time) {
    host.takes(check, time);
    return this;
  }
}
