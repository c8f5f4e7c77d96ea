package dev.fluke.tests.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every rule, every fault and every statement that is built has a test that carries its number. */
class RulesTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final String STATEMENTS =
      "R1 R2 R3 R4 R5 R6 R7 R8 R9 R10 R11 R12 R13 R14 R15 R16 R17 R18 R19 R20 R21 R22 R23 R24 R25 R26 R27 R28"
          + " R30 R31 R32 R33 R34 R35 R36 R37 R38 E1 E2 E3 E4 E5 E6 E8 E10 E11 E16 E17 E18 E19 E23"
          + " E25 E27 E28 E31 E32";

  @Test
  void noneIsWithoutATest() throws IOException {
    List<String> wanted = new ArrayList<>(List.of(STATEMENTS.split(" ", -1)));
    IntStream.rangeClosed(0, 31).forEach(rule -> wanted.add("rule-" + rule));

    wanted.addAll(faults());

    assertThat(tags()).containsAll(wanted);
  }

  @Test
  void everyRuleIsToldInTheDocs() throws IOException {
    String page = Files.readString(ROOT.resolve("docs/drift-and-reconciliation.md"));
    for (int rule = 0; rule <= 31; rule++) {
      assertThat(page).contains("\n" + rule + ". ");
    }
  }

  @Test
  void namesOnlyTestsThatExistInTheTableOfFaults() {
    Set<String> named = new TreeSet<>();
    Matcher test = Pattern.compile("`(\\w+Test)`").matcher(Project.read("docs/faults.md"));
    while (test.find()) {
      named.add(test.group(1));
    }
    assertThat(named).hasSizeGreaterThan(30);
    Project.testFiles().forEach(file -> named.remove(file.simpleName()));
    assertThat(named).as("named in docs/faults.md, and in no module").isEmpty();
  }

  /** The ids in the first column of the table of faults. */
  private static List<String> faults() throws IOException {
    List<String> ids = new ArrayList<>();
    Pattern row = Pattern.compile("^\\| ([A-Z]\\d\\d(?:, [A-Z]\\d\\d)*) \\|");
    for (String line : Files.readAllLines(ROOT.resolve("docs/faults.md"))) {
      Matcher found = row.matcher(line);
      if (found.find()) {
        ids.addAll(List.of(found.group(1).split(", ", -1)));
      }
    }
    assertThat(ids).hasSizeGreaterThan(25);
    return ids;
  }

  private static Set<String> tags() throws IOException {
    Set<String> tags = new TreeSet<>();
    Pattern tag = Pattern.compile("@Tag\\(\"([\\w-]+)\"\\)");
    try (Stream<Path> files = Files.walk(ROOT)) {
      for (Path file : files.filter(f -> f.toString().endsWith("Test.java")).toList()) {
        Matcher found = tag.matcher(Files.readString(file));
        while (found.find()) {
          tags.add(found.group(1));
        }
      }
    }
    return tags;
  }
}
