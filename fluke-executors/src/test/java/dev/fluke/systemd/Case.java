package dev.fluke.systemd;

import dev.fluke.report.Outcome;

/**
 * One special unit on a real host. In all texts, {@code P} at the beginning of a word stands for a
 * prefix of the run's own.
 *
 * @param setUp what root does by hand before: the unit, and how somebody left it
 * @param first how the first cycle ends
 * @param said what its message has to contain
 * @param holds a script that succeeds after the cycles
 */
record Case(Systemd declared, String setUp, Outcome first, String said, String holds) {

  /** Healed in the first cycle. */
  static Case heals(Systemd declared, String setUp, String holds) {
    return new Case(declared, setUp, Outcome.REMEDIATED, "", holds);
  }

  /** Can't be healed, and says why; tried once, and then held back. */
  static Case fails(Systemd declared, String setUp, String said, String holds) {
    return new Case(declared, setUp, Outcome.FAILED, said, holds);
  }

  /** How the second cycle ends, which applies nothing. */
  Outcome second() {
    return switch (first) {
      case REMEDIATED -> Outcome.IN_SYNC;
      case FAILED -> Outcome.DRIFTED; // held back
      default -> first;
    };
  }

  /** Writes a unit file, line by line. */
  static String file(String unit, String... lines) {
    String dir = unit.startsWith("/") ? "" : "/usr/lib/systemd/system/";
    return "cat >" + dir + unit + " <<'END'\n" + String.join("\n", lines) + "\nEND\n";
  }

  static String reload(String... more) {
    return "systemctl daemon-reload\n" + String.join("\n", more) + "\n";
  }
}
