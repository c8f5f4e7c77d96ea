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
    UnitState unit = reloaded(systemctl.show());
    if (declared.activity() == Activity.MASKED) {
      mask(unit);
      return;
    }
    if (unit.isMissing() && declared.needsFile()) {
      throw new UnitException(
          "no unit %s on this host; install the package that has it, or correct the name"
              .formatted(declared.unit()));
    }
    if (unit.isMasked() && (declared.mustStart(unit) || declared.boot() == Boot.ENABLED)) {
      unit = unmask(unit);
    } else {
      requirePossible(unit);
    }
    applyBoot(unit);
    if (declared.mustStart(unit)) {
      start(unit);
    } else if (declared.mustStop(unit)) {
      stop(unit);
    }
  }

  /**
   * What systemd says after it has read its files again: if they changed, or if the unit is missing
   * and may have come since. A unit in its declared state stays as it is.
   */
  private UnitState reloaded(UnitState unit) {
    boolean mayHaveCome = unit.isMissing() && declared.needsFile();
    if (!mayHaveCome && (!unit.needsReload() || isAsDeclared(unit))) {
      return unit;
    }
    systemctl.change("daemon-reload");
    return systemctl.show();
  }

  private boolean isAsDeclared(UnitState unit) {
    return new UnitComparison(declared)
        .with(unit)
        .fold(inSync -> true, drifted -> false, unknown -> false);
  }

  /**
   * Puts the mask in place before the stop: if that fails, nothing has changed. systemd learns of
   * the mask after the stop, because it forgets {@code ExecStop=} of a masked unit.
   */
  private void mask(UnitState unit) {
    boolean masked = unit.isMaskedPermanently();
    if (!masked && !unit.inPlaceOfMask().isEmpty()) {
      throw new UnitException(
          "%s can't be masked: its own file is %s, where the link of the mask would be; declare it stopped, with enabled: false"
              .formatted(unit.id(), unit.inPlaceOfMask()));
    }
    requireStoppable(unit);
    if (!declared.mustStop(unit)) {
      if (!masked) {
        systemctl.change("mask", unit.id());
      }
      return;
    }
    if (!masked) {
      systemctl.change("mask", "--no-reload", unit.id());
    }
    systemctl.change("stop", unit.id());
    if (!masked) {
      systemctl.change("daemon-reload");
      UnitState after = systemctl.show();
      if (declared.mustStop(after)) {
        systemctl.change("stop", after.id()); // something started it before the reload
      }
    }
  }

  /**
   * Removes the mask only if the declaration covers the next boot, too. What the mask hid decides
   * whether the unit can be as declared; if it can't, the mask comes back.
   */
  private UnitState unmask(UnitState unit) {
    if (declared.boot() == Boot.UNMANAGED) {
      throw new UnitException(
          "%s can't be started: it is masked, and enabled is unmanaged; set enabled: true or false, or run systemctl unmask %s"
              .formatted(unit.id(), unit.id()));
    }
    String why = unit.whyNotUnmasked(declared.user() != null);
    if (!why.isEmpty()) {
      throw new UnitException(why);
    }
    boolean untilBoot = unit.isMaskedUntilBoot();
    boolean always = !untilBoot;
    removeMask(unit, untilBoot);
    UnitState after = systemctl.show();
    if (always && after.isMaskedUntilBoot()) { // it had two masks
      untilBoot = true;
      removeMask(after, true);
      after = systemctl.show();
    }
    try {
      if (after.isMasked()) {
        throw new UnitException(
            "%s is still masked after systemctl unmask; remove %s"
                .formatted(
                    after.id(), after.path().isEmpty() ? "its link to /dev/null" : after.path()));
      }
      requirePossible(after);
    } catch (UnitException e) {
      if (untilBoot) {
        systemctl.change("mask", "--runtime", unit.id());
      }
      if (always) {
        systemctl.change("mask", unit.id());
      }
      throw e;
    }
    return after;
  }

  private void removeMask(UnitState unit, boolean untilBoot) {
    if (untilBoot) {
      systemctl.change("unmask", "--runtime", unit.id());
    } else {
      systemctl.change("unmask", unit.id());
    }
  }

  /** Fails before any change if a later step can't succeed. */
  private void requirePossible(UnitState unit) {
    if (declared.mustEnable(unit) && !unit.canBeEnabled()) {
      throw new UnitException(unit.whyNotEnabled());
    }
    String why = declared.mustDisable(unit) ? unit.whyNotDisabled() : "";
    if (!why.isEmpty()) {
      throw new UnitException(why);
    }
    requireStoppable(unit);
    if (!declared.mustStart(unit)) {
      return;
    }
    if (!unit.loadError().isEmpty()) {
      throw new UnitException("%s can't be started: %s".formatted(unit.id(), unit.loadError()));
    }
    if (unit.refusesStart()) {
      throw new UnitException(
          "%s can't be started: its file says RefuseManualStart=yes; set state: unmanaged"
              .formatted(unit.id()));
    }
    if (unit.neverStaysRunning()) {
      throw new UnitException(
          "%s never stays running: it is a oneshot without RemainAfterExit=yes; declare its timer instead, or set state: unmanaged"
              .formatted(unit.id()));
    }
  }

  private void requireStoppable(UnitState unit) {
    if (declared.mustStop(unit) && unit.refusesStop()) {
      throw new UnitException(
          "%s can't be stopped: its file says RefuseManualStop=yes; set state: unmanaged"
              .formatted(unit.id()));
    }
  }

  private void applyBoot(UnitState unit) {
    if (declared.mustEnable(unit)) {
      systemctl.change("enable", unit.id());
      UnitState after = systemctl.show();
      if (after.bootState() != BootState.ENABLED) {
        throw new UnitException(after.whyNotEnabled());
      }
    } else if (declared.mustDisable(unit)) {
      UnitState left = unit;
      if (unit.bootState() == BootState.ENABLED) {
        systemctl.change("disable", unit.id());
        left = systemctl.show();
      }
      if (left.bootState() == BootState.ENABLED_UNTIL_BOOT) {
        systemctl.change("disable", "--runtime", unit.id());
      }
    }
  }

  private void stop(UnitState unit) {
    systemctl.change("stop", unit.id());
    UnitState after = systemctl.show();
    if (declared.mustStop(after) && !after.triggers().isEmpty()) {
      throw new UnitException(
          "%s was stopped, and is %s again: %s starts it; declare that stopped, too"
              .formatted(after.id(), after.active(), after.triggers()));
    }
  }

  private void start(UnitState unit) throws InterruptedException {
    boolean hadFailed = unit.runState() != RunState.STOPPED;
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
