package dev.fluke.systemd;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.executor.Host;
import dev.fluke.executor.HostException;
import dev.fluke.systemd.UnitState.AtBoot;
import dev.fluke.systemd.UnitState.Now;
import dev.fluke.transport.Answer;
import java.time.Duration;

/** Makes one unit as declared, with the verbs that are needed and no other. */
final class UnitApply {
  /** A unit that had failed before is not believed before it ran for that long. */
  private static final Duration PROBATION = Duration.ofSeconds(2);

  private final Host host;
  private final Systemctl systemctl;
  private final Systemd.Activity activity;
  private final Systemd.Boot boot;

  UnitApply(Host host, Systemctl systemctl, Systemd.Activity activity, Systemd.Boot boot) {
    this.host = host;
    this.systemctl = systemctl;
    this.activity = activity;
    this.boot = boot;
  }

  void run() throws InterruptedException {
    UnitState unit = look();
    if (activity == Systemd.Activity.MASKED) {
      mask(unit);
      return;
    }
    if (unit.isMissing()) {
      throw new UnitException(
          ("no unit " + systemctl.unit() + " on this host")
              + "; install what brings it, or correct the name");
    }
    if (unit.isMasked() && (wantsToStart(unit) || boot == Systemd.Boot.ENABLED)) {
      unit = unmasked(unit);
    }
    refuse(unit);
    atBoot(unit);
    if (wantsToStart(unit)) {
      start(unit);
    } else if (wantsToStop(unit)) {
      change("stop", unit.id());
    }
  }

  private boolean wantsToStart(UnitState unit) {
    return activity == Systemd.Activity.RUNNING
        && switch (unit.now()) {
          case STOPPED, FAILED, CRASHING -> true;
          case RUNNING, STARTING, STOPPING, UNCLEAR -> false;
        };
  }

  private boolean wantsToStop(UnitState unit) {
    return (activity == Systemd.Activity.STOPPED || activity == Systemd.Activity.MASKED)
        && switch (unit.now()) {
          case RUNNING, CRASHING, STARTING -> true;
          case STOPPED, FAILED, STOPPING, UNCLEAR -> false;
        };
  }

  private void mask(UnitState unit) {
    if (!unit.isMasked() && unit.path().startsWith("/etc/systemd/system/")) {
      throw new UnitException(
          (unit.id() + " can't be masked: its own file is " + unit.path())
              + ", where the mask would have to be; declare it stopped, with enabled: false");
    }
    if (wantsToStop(unit)) {
      change("stop", unit.id());
    }
    change("mask", unit.id());
  }

  /** What is declared counts for more than a mask, if the next boot is declared as well. */
  private UnitState unmasked(UnitState unit) {
    if (boot == Systemd.Boot.UNMANAGED) {
      throw new UnitException(
          (unit.id() + " can't be started: it is masked, and enabled is unmanaged")
              + "; say enabled: true or false, or run systemctl unmask "
              + unit.id());
    }
    if (unit.isMaskedUntilBoot()) {
      change("unmask", "--runtime", unit.id());
    } else {
      change("unmask", unit.id());
    }
    UnitState after = look();
    if (after.isMasked()) {
      throw new UnitException(
          (after.id() + " is still masked after systemctl unmask; remove ")
              + (after.path().isEmpty() ? "its link to /dev/null" : after.path()));
    }
    return after;
  }

  /** Before anything is changed that could not be brought to an end. */
  private void refuse(UnitState unit) {
    if (boot == Systemd.Boot.ENABLED && unit.atBoot() == AtBoot.CANT) {
      throw new UnitException(unit.whyNotEnabled());
    }
    if (!wantsToStart(unit)) {
      return;
    }
    if (!unit.loadError().isEmpty()) {
      throw new UnitException(unit.id() + " can't be started: " + unit.loadError());
    }
    if (unit.neverStays()) {
      throw new UnitException(
          (unit.id() + " never stays running: it is a oneshot without RemainAfterExit=yes")
              + "; declare its timer instead, or say state: unmanaged");
    }
  }

  private void atBoot(UnitState unit) {
    AtBoot found = unit.atBoot();
    if (boot == Systemd.Boot.ENABLED && found != AtBoot.ENABLED) {
      change("enable", unit.id());
      UnitState after = look();
      if (after.atBoot() != AtBoot.ENABLED) {
        throw new UnitException(after.whyNotEnabled());
      }
    } else if (boot == Systemd.Boot.DISABLED && found == AtBoot.ENABLED) {
      change("disable", unit.id());
    } else if (boot == Systemd.Boot.DISABLED && found == AtBoot.UNTIL_THEN) {
      change("disable", "--runtime", unit.id());
    }
  }

  private void start(UnitState unit) throws InterruptedException {
    boolean hadFailed = unit.now() != Now.STOPPED;
    if (unit.needsReload()) {
      change("daemon-reload");
    }
    if (hadFailed) {
      change("reset-failed", unit.id());
    }
    if (unit.now() == Now.CRASHING) {
      change("stop", unit.id()); // or the start would wait until the restart is due
    }
    CommandResult started = run(systemctl.change("start", unit.id()));
    if (!started.succeeded()) {
      throw failed("start", started);
    }
    if (hadFailed) {
      host.pause(PROBATION);
    }
    UnitState after = look();
    switch (after.now()) {
      case RUNNING, STARTING, STOPPING, UNCLEAR -> {} // the check decides
      case STOPPED, FAILED, CRASHING ->
          throw new UnitException(
              (after.id() + " was started, and is " + after.active() + " now")
                  + (after.isConditionMissed() ? ": a Condition… of its file is not met" : "")
                  + ("; journalctl -u " + after.id() + " on the host may tell why"));
    }
  }

  private void change(String verb, String... words) {
    CommandResult changed = run(systemctl.change(verb, words));
    if (!changed.succeeded()) {
      throw failed(verb, changed);
    }
  }

  /** Its words come first, also if the host can't be asked any more. */
  private UnitException failed(String verb, CommandResult result) {
    String words = "systemctl " + verb + " ended with status " + result.exitStatus();
    words += ": " + result.tail(300);
    try {
      UnitState after = look();
      return new UnitException(words + "; " + after.id() + " is " + after.active());
    } catch (HostException | UnitException e) {
      return new UnitException(words + "; and then: " + e.getMessage(), e);
    }
  }

  private UnitState look() {
    CommandResult shown = host.run(systemctl.show());
    if (!shown.succeeded()) {
      throw new UnitException(systemctl.whyNot(shown));
    }
    return UnitState.of(shown);
  }

  /** Runs it; what sudo refuses is told with the line that would allow it. */
  private CommandResult run(Command command) {
    try {
      return host.run(command);
    } catch (HostException e) {
      String why = String.valueOf(e.getMessage());
      if (e.reason() != Answer.Reason.NOT_BEGUN || !why.contains("sudo")) {
        throw e;
      }
      String login = host.run(Command.of("id", "-un")).orThrow().stdout().strip();
      throw new UnitException(why + "; in sudoers: " + systemctl.sudoersLine(login, command), e);
    }
  }
}
