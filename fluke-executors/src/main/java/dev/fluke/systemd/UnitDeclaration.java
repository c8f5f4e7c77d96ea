package dev.fluke.systemd;

import dev.fluke.systemd.UnitState.BootState;
import org.jspecify.annotations.Nullable;

/**
 * The desired state of one unit. Immutable.
 *
 * @param boot never anything but {@code UNMANAGED} for a masked unit
 * @param user the user whose manager has the unit; null for the system's manager
 */
record UnitDeclaration(String unit, Activity activity, Boot boot, @Nullable String user) {

  /** What the unit must do now. */
  enum Activity {
    RUNNING,
    STOPPED,
    MASKED,
    UNMANAGED
  }

  /** Whether systemd must start the unit at boot. */
  enum Boot {
    ENABLED,
    DISABLED,
    UNMANAGED;

    /** The value of {@code enabled} in YAML. */
    String inYaml() {
      return switch (this) {
        case ENABLED -> "true";
        case DISABLED -> "false";
        case UNMANAGED -> "unmanaged";
      };
    }
  }

  UnitDeclaration {
    boot = activity == Activity.MASKED ? Boot.UNMANAGED : boot;
  }

  static UnitDeclaration of(String unit) {
    return new UnitDeclaration(unit, Activity.RUNNING, Boot.ENABLED, null);
  }

  /** Whether a unit that systemd has no file of can't be as declared. */
  boolean needsFile() {
    return activity == Activity.RUNNING || boot == Boot.ENABLED;
  }

  /** Whether the unit, as it is, has to be started. */
  boolean mustStart(UnitState unit) {
    return activity == Activity.RUNNING
        && switch (unit.runState()) {
          case STOPPED, FAILED, CRASHING -> true;
          case RUNNING, STARTING, STOPPING, UNCLEAR -> false;
        };
  }

  /** Whether the unit, as it is, has to be stopped. */
  boolean mustStop(UnitState unit) {
    return (activity == Activity.STOPPED || activity == Activity.MASKED)
        && switch (unit.runState()) {
          case RUNNING, CRASHING, STARTING -> true;
          case STOPPED, FAILED, STOPPING, UNCLEAR -> false;
        };
  }

  /** Whether the unit, as it is, has to be enabled. */
  boolean mustEnable(UnitState unit) {
    return boot == Boot.ENABLED && unit.bootState() != BootState.ENABLED;
  }

  /** Whether the unit, as it is, has to be disabled. */
  boolean mustDisable(UnitState unit) {
    return boot == Boot.DISABLED
        && (unit.bootState() == BootState.ENABLED
            || unit.bootState() == BootState.ENABLED_UNTIL_BOOT);
  }

  UnitDeclaration activity(Activity other) {
    return new UnitDeclaration(unit, other, boot, user);
  }

  UnitDeclaration boot(Boot other) {
    return new UnitDeclaration(unit, activity, other, user);
  }

  UnitDeclaration user(String name) {
    return new UnitDeclaration(unit, activity, boot, name);
  }
}
