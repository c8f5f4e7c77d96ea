package dev.fluke.cli.command;

import dev.fluke.text.Printable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** A table with aligned columns. Control characters in cells are escaped. */
final class Table {
  private static final Set<String> GOOD =
      Set.of("IN_SYNC", "REMEDIATED", "REACHABLE", "APPLIED", "in sync");
  private static final Set<String> BAD =
      Set.of("FAILED", "NON_CONVERGENT", "UNREACHABLE", "UNKNOWN", "STUCK", "CANCELLED", "unknown");
  private static final Set<String> DRIFT = Set.of("DRIFTED", "SKIPPED", "would be applied");

  private final List<List<String>> rows = new ArrayList<>();

  private Table(String... names) {
    rows.add(List.of(names));
  }

  /** An empty table with these column names. */
  static Table of(String... names) {
    return new Table(names);
  }

  /** Adds a row; it needs a cell for each column. */
  void row(Object... cells) {
    rows.add(Arrays.stream(cells).map(cell -> Printable.of(cell.toString())).toList());
  }

  void print(Terminal terminal) {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).codePointCount(0, row.get(i).length()));
      }
    }
    rows.forEach(row -> terminal.out().println(line(row, widths, terminal.isColourful())));
  }

  private static String line(List<String> row, int[] widths, boolean colourful) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = row.get(i);
      line.append(colourful ? coloured(cell) : cell);
      int width = cell.codePointCount(0, cell.length());
      line.append(i + 1 < widths.length ? " ".repeat(widths[i] - width + 2) : "");
    }
    return line.toString().stripTrailing();
  }

  private static String coloured(String cell) {
    if (GOOD.contains(cell)) {
      return "\u001b[32m" + cell + "\u001b[0m";
    }
    if (BAD.contains(cell)) {
      return "\u001b[31m" + cell + "\u001b[0m";
    }
    return DRIFT.contains(cell) ? "\u001b[33m" + cell + "\u001b[0m" : cell;
  }
}
