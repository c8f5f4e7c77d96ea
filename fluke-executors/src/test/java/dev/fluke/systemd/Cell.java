package dev.fluke.systemd;

import dev.fluke.report.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * One cell of the matrix: what is declared of a unit, and how somebody left it.
 *
 * @param now {@code active}, {@code inactive} or {@code failed}
 * @param file {@code enabled}, {@code enabled-runtime}, {@code disabled} or {@code masked}
 */
record Cell(
    String unit,
    UnitDeclaration.Activity activity,
    UnitDeclaration.Boot boot,
    String now,
    String file) {

  static List<Cell> all(String prefix) {
    List<Cell> cells = new ArrayList<>();
    for (UnitDeclaration.Activity activity : UnitDeclaration.Activity.values()) {
      for (UnitDeclaration.Boot boot : UnitDeclaration.Boot.values()) {
        if (activity == UnitDeclaration.Activity.MASKED && boot != UnitDeclaration.Boot.UNMANAGED) {
          continue;
        }
        for (String now : List.of("active", "inactive", "failed")) {
          if (activity == UnitDeclaration.Activity.UNMANAGED && !now.equals("inactive")) {
            continue;
          }
          for (String file : List.of("enabled", "enabled-runtime", "disabled", "masked")) {
            String unit = prefix + "-" + cells.size() + ".service";
            cells.add(new Cell(unit, activity, boot, now, file));
          }
        }
      }
    }
    return cells;
  }

  Systemd declared() {
    Systemd declared =
        switch (boot) {
          case ENABLED -> Systemd.unit(unit).enabled();
          case DISABLED -> Systemd.unit(unit).disabled();
          case UNMANAGED -> Systemd.unit(unit).enabledUnmanaged();
        };
    return switch (activity) {
      case RUNNING -> declared.running();
      case STOPPED -> declared.stopped();
      case MASKED -> declared.masked();
      case UNMANAGED -> declared.stateUnmanaged();
    };
  }

  /** Leaves units that are disabled and stopped as their cells say. */
  static String breaking(List<Cell> cells) {
    return verb("start", cells, cell -> !cell.now.equals("inactive"))
        + verb("enable -q", cells, cell -> cell.file.equals("enabled"))
        + verb("enable -q --runtime", cells, cell -> cell.file.equals("enabled-runtime"))
        + verb("mask -q", cells, cell -> cell.file.equals("masked"))
        + killing(
            cells.stream().filter(cell -> cell.now.equals("failed")).map(Cell::unit).toList());
  }

  /** A manager hears of an end later than who kills, so its word is waited for. */
  private static String killing(List<String> units) {
    String all = String.join(" ", units);
    return units.isEmpty()
        ? ""
        : "systemctl kill -s KILL %1$s\nuntil [ \"$(systemctl is-active %1$s | sort -u)\" = failed ]; do sleep 0.1; done\n"
            .formatted(all);
  }

  private static String verb(String verb, List<Cell> cells, Predicate<Cell> which) {
    List<String> units = cells.stream().filter(which).map(Cell::unit).toList();
    return units.isEmpty() ? "" : "systemctl " + verb + " " + String.join(" ", units) + "\n";
  }

  /** How the first cycle ends. */
  Outcome expected() {
    boolean starts = activity == UnitDeclaration.Activity.RUNNING && !now.equals("active");
    if (starts && file.equals("masked") && boot == UnitDeclaration.Boot.UNMANAGED) {
      return Outcome.FAILED; // the mask is somebody's word, and nothing is declared against it
    }
    return isActivityRight(now) && isBootRight(file) ? Outcome.IN_SYNC : Outcome.REMEDIATED;
  }

  /** Whether the words of is-active and is-enabled are as declared. */
  boolean verify(String activeNow, String fileNow) {
    boolean left =
        boot != UnitDeclaration.Boot.UNMANAGED || activity == UnitDeclaration.Activity.MASKED;
    return isActivityRight(activeNow)
        && isBootRight(fileNow)
        && (left || fileNow.equals(file))
        && (activity != UnitDeclaration.Activity.UNMANAGED || activeNow.equals(now));
  }

  private boolean isActivityRight(String word) {
    return switch (activity) {
      case RUNNING -> word.equals("active");
      case STOPPED, MASKED -> !word.equals("active");
      case UNMANAGED -> true;
    };
  }

  private boolean isBootRight(String word) {
    if (activity == UnitDeclaration.Activity.MASKED) {
      return word.equals("masked");
    }
    return switch (boot) {
      case ENABLED -> word.equals("enabled");
      case DISABLED -> word.equals("disabled") || word.equals("masked");
      case UNMANAGED -> true;
    };
  }

  @Override
  public String toString() {
    return declared() + ", found " + now + " and " + file;
  }
}
