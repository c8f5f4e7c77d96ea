package dev.fluke.tests.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules that {@code scripts/prove mutants} breaks stand in the code as it is. */
class MutantsTest {
  private static final int ROWS_AT_LEAST = 60;

  /** One row: breaks a text of a file, and names the tests that must see it. */
  private record Row(String rule, String file, String text, List<String> tests) {
    static Row of(String line) {
      String[] fields = line.split("\t", -1);
      return new Row(fields[0], fields[1], fields[2], List.of(fields[4].split(",", -1)));
    }
  }

  private static final List<String> FILES =
      Stream.of("fluke-core", "fluke-executors", "fluke-tests")
          .flatMap(module -> Project.filesBelow(module + "/src", "").stream())
          .toList();

  @Test
  void findsEachTextAndEachTest() {
    List<String> problems = new ArrayList<>();
    for (Row row : rows()) {
      String name = row.file().endsWith(".sh") ? row.file() : row.file() + ".java";
      List<String> files = named(name, "/src/main/");
      if (files.size() != 1) {
        problems.add("%s: not one file is named %s, but: %s".formatted(row.rule(), name, files));
      } else if (!Project.read(files.get(0)).contains(row.text())) {
        problems.add("%s: %s has no '%s'".formatted(row.rule(), files.get(0), row.text()));
      }
      row.tests().stream()
          .filter(test -> named(test + ".java", "/src/test/").size() != 1)
          .forEach(test -> problems.add("%s: not one test %s".formatted(row.rule(), test)));
    }

    assertThat(problems).isEmpty();
  }

  private static List<Row> rows() {
    List<Row> rows =
        Project.read("scripts/prove.d/mutants")
            .lines()
            .dropWhile(line -> !line.endsWith("<<'TABLE'"))
            .skip(1)
            .takeWhile(line -> !line.equals("TABLE"))
            .map(Row::of)
            .toList();
    assertThat(rows).hasSizeGreaterThan(ROWS_AT_LEAST);
    return rows;
  }

  private static List<String> named(String name, String kind) {
    return FILES.stream().filter(file -> file.contains(kind) && file.endsWith("/" + name)).toList();
  }
}
