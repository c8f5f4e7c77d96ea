package dev.fluke.systemd;

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
