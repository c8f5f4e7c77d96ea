package dev.fluke.systemd;

import dev.fluke.executor.CheckResult;
import dev.fluke.systemd.UnitDeclaration.Activity;
import dev.fluke.systemd.UnitDeclaration.Boot;
import dev.fluke.systemd.UnitState.BootState;
import dev.fluke.systemd.UnitState.RunState;

/** Compares the state of a unit with what is declared for it. */
record UnitComparison(UnitDeclaration declared) {

  CheckResult with(UnitState found) {
    if (declared.activity() == Activity.MASKED) {
      return masked(found);
    }
    return found.isMissing() && declared.needsFile()
        ? CheckResult.drifted("unit", declared.unit(), "not found")
        : activity(found).and(boot(found));
  }

  private static CheckResult masked(UnitState found) {
    boolean between = found.runState() == RunState.STOPPING || found.runState() == RunState.UNCLEAR;
    if (found.isMaskedPermanently() && between) {
      return unclear(found);
    }
    boolean ended = found.runState() == RunState.STOPPED || found.runState() == RunState.FAILED;
    return found.isMaskedPermanently() && ended
        ? CheckResult.inSync()
        : CheckResult.drifted("state", "masked", (ended ? "" : "running, ") + found.fileState());
  }

  private CheckResult activity(UnitState found) {
    return switch (declared.activity()) {
      case RUNNING ->
          switch (found.runState()) {
            case RUNNING -> CheckResult.inSync();
            case STOPPED, FAILED, CRASHING ->
                CheckResult.drifted("state", "running", found.active());
            case STARTING, STOPPING, UNCLEAR -> unclear(found);
          };
      case STOPPED ->
          switch (found.runState()) {
            case STOPPED, FAILED -> CheckResult.inSync();
            case RUNNING, CRASHING, STARTING ->
                CheckResult.drifted("state", "stopped", found.active());
            case STOPPING, UNCLEAR -> unclear(found);
          };
      case MASKED, UNMANAGED -> CheckResult.inSync();
    };
  }

  private static CheckResult unclear(UnitState found) {
    return CheckResult.unknown(
        "%s is %s, neither running nor stopped; the next cycle checks it again"
            .formatted(found.id(), found.active()));
  }

  private CheckResult boot(UnitState found) {
    BootState state = found.bootState();
    boolean asDeclared =
        switch (declared.boot()) {
          case ENABLED -> state == BootState.ENABLED;
          case DISABLED -> state != BootState.ENABLED && state != BootState.ENABLED_UNTIL_BOOT;
          case UNMANAGED -> true;
        };
    Boot expected = declared.boot();
    return asDeclared
        ? CheckResult.inSync()
        : CheckResult.drifted("enabled", expected.inYaml(), found.fileState());
  }
}
