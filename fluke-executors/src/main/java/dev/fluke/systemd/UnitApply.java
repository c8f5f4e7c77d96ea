package dev.fluke.systemd;

import dev.fluke.executor.Host;
import dev.fluke.systemd.UnitDeclaration.Activity;
import dev.fluke.systemd.UnitDeclaration.Boot;
import dev.fluke.systemd.UnitState.BootState;
import dev.fluke.systemd.UnitState.RunState;
import java.time.Duration;

/** Brings one unit to its declared state with as few verbs as possible. */
final class UnitApply {
  /** A unit that failed before must run for this long after its start. */
  private static final Duration PROBATION = Duration.ofSeconds(2);

  private final Host host;
  private final UnitDeclaration declared;
  private final SystemctlRunner systemctl;

  UnitApply(Host host, UnitDeclaration declared, SystemctlRunner systemctl) {
    this.host = host;
    this.declared = declared;
    this.systemctl = systemctl;
  }

  void apply() throws InterruptedException {
    UnitState unit = systemctl.show();
    if (declared.activity() == Activity.MASKED) {
      mask(unit);
      return;
    }
    if (unit.isMissing()) {
      throw new UnitException(
          "no unit %s on this host; install the package that has it, or correct the name"
              .formatted(declared.unit()));
    }
    if (unit.isMasked() && (mustStart(unit) || declared.boot() == Boot.ENABLED)) {
      unit = unmask(unit);
    }
    requirePossible(unit);
    applyBoot(unit);
    if (mustStart(unit)) {
      start(unit);
    } else if (mustStop(unit)) {
      systemctl.change("stop", unit.id());
    }
  }

  private boolean mustStart(UnitState unit) {
    return declared.activity() == Activity.RUNNING
        && switch (unit.runState()) {
          case STOPPED, FAILED, CRASHING -> true;
          case RUNNING, STARTING, STOPPING, UNCLEAR -> false;
        };
  }

  private boolean mustStop(UnitState unit) {
    return (declared.activity() == Activity.STOPPED || declared.activity() == Activity.MASKED)
        && switch (unit.runState()) {
          case RUNNING, CRASHING, STARTING -> true;
          case STOPPED, FAILED, STOPPING, UNCLEAR -> false;
        };
  }

  private void mask(UnitState unit) {
    if (!unit.isMasked() && unit.path().startsWith("/etc/systemd/system/")) {
      throw new UnitException(
          "%s can't be masked: its own file is %s, where the link of the mask would be; declare it stopped, with enabled: false"
              .formatted(unit.id(), unit.path()));
    }
    if (mustStop(unit)) {
      systemctl.change("stop", unit.id());
    }
    systemctl.change("mask", unit.id());
  }

  /** Removes the mask only if the declaration covers the next boot, too. */
  private UnitState unmask(UnitState unit) {
    if (declared.boot() == Boot.UNMANAGED) {
      throw new UnitException(
          "%s can't be started: it is masked, and enabled is unmanaged; set enabled: true or false, or run systemctl unmask %s"
              .formatted(unit.id(), unit.id()));
    }
    if (unit.isMaskedUntilBoot()) {
      systemctl.change("unmask", "--runtime", unit.id());
    } else {
      systemctl.change("unmask", unit.id());
    }
    UnitState after = systemctl.show();
    if (after.isMasked()) {
      throw new UnitException(
          "%s is still masked after systemctl unmask; remove %s"
              .formatted(
                  after.id(), after.path().isEmpty() ? "its link to /dev/null" : after.path()));
    }
    return after;
  }

  /** Fails before any change if a later step can't succeed. */
  private void requirePossible(UnitState unit) {
    if (declared.boot() == Boot.ENABLED && unit.bootState() == BootState.NOT_INSTALLABLE) {
      throw new UnitException(unit.whyNotEnabled());
    }
    if (!mustStart(unit)) {
      return;
    }
    if (!unit.loadError().isEmpty()) {
      throw new UnitException("%s can't be started: %s".formatted(unit.id(), unit.loadError()));
    }
    if (unit.neverStaysRunning()) {
      throw new UnitException(
          "%s never stays running: it is a oneshot without RemainAfterExit=yes; declare its timer instead, or set state: unmanaged"
              .formatted(unit.id()));
    }
  }

  private void applyBoot(UnitState unit) {
    BootState found = unit.bootState();
    if (declared.boot() == Boot.ENABLED && found != BootState.ENABLED) {
      systemctl.change("enable", unit.id());
      UnitState after = systemctl.show();
      if (after.bootState() != BootState.ENABLED) {
        throw new UnitException(after.whyNotEnabled());
      }
    } else if (declared.boot() == Boot.DISABLED && found == BootState.ENABLED) {
      systemctl.change("disable", unit.id());
    } else if (declared.boot() == Boot.DISABLED && found == BootState.ENABLED_UNTIL_BOOT) {
      systemctl.change("disable", "--runtime", unit.id());
    }
  }

  private void start(UnitState unit) throws InterruptedException {
    boolean hadFailed = unit.runState() != RunState.STOPPED;
    if (unit.needsReload()) {
      systemctl.change("daemon-reload");
    }
    if (hadFailed) {
      systemctl.change("reset-failed", unit.id());
    }
    if (unit.runState() == RunState.CRASHING) {
      systemctl.change("stop", unit.id()); // otherwise start would wait for the pending restart
    }
    systemctl.change("start", unit.id());
    if (hadFailed) {
      host.pause(PROBATION);
    }
    requireStarted(systemctl.show());
  }

  private static void requireStarted(UnitState unit) {
    switch (unit.runState()) {
      case RUNNING, STARTING, STOPPING, UNCLEAR -> {} // the check decides
      case STOPPED, FAILED, CRASHING ->
          throw new UnitException(
              "%s was started, and is %s now%s; journalctl -u %s on the host may show why"
                  .formatted(
                      unit.id(),
                      unit.active(),
                      unit.isConditionUnmet() ? ": a Condition… of its file is not met" : "",
                      unit.id()));
    }
  }
}
