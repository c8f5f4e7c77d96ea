package dev.fluke.examples.fleet;

import dev.fluke.report.CycleReport;
import dev.fluke.report.StepOutcome;
import dev.fluke.report.TaskReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What each cycle did to each task on each agent, as a table; all cycles cover the same. */
final class Chronicle {
  private final Map<String, CycleReport> cycles = new LinkedHashMap<>();

  /** Keeps a cycle's report under a name that heads its column. */
  void add(String name, CycleReport report) {
    cycles.put(name, report);
  }

  /** The table, line by line. */
  List<String> lines() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("agent", "task", List.copyOf(cycles.keySet())));
    cells().forEach((on, cells) -> rows.add(row(on.agent(), on.task(), cells)));
    return rows.stream().map(row -> line(row, rows)).toList();
  }

  private Map<TaskOn, List<String>> cells() {
    Map<TaskOn, List<String>> cells = new LinkedHashMap<>();
    for (CycleReport report : cycles.values()) {
      for (TaskReport task : report.tasks()) {
        cells.computeIfAbsent(TaskOn.of(task), on -> new ArrayList<>()).add(words(task));
      }
    }
    return cells;
  }

  private static List<String> row(String agent, String task, List<String> cells) {
    return Stream.concat(Stream.of(agent, task), cells.stream()).toList();
  }

  private static String line(List<String> row, List<List<String>> rows) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      int column = i;
      int width = rows.stream().mapToInt(each -> each.get(column).length()).max().orElse(0);
      line.append(row.get(i)).append(" ".repeat(width + 2 - row.get(i).length()));
    }
    return line.toString().stripTrailing();
  }

  private static String words(TaskReport report) {
    long applied =
        report.steps().stream().filter(step -> step.outcome() == StepOutcome.APPLIED).count();
    String cause = report.cause().map(each -> " " + each).orElse("");
    return report.outcome() + cause + (applied == 0 ? "" : ", steps: " + applied);
  }
}
