package dev.fluke.tests.gate;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** How long files are, what they show to others, and whether each has its test. */
class SourceFilesTest {
  private static final int LONGEST_FILE = 300;
  private static final int LONGEST_CYCLE = 250;
  private static final long MEDIAN_OF_CORE = 90;
  private static final int PERCENT_PUBLIC = 40;
  private static final int PERCENT_TESTED_BY_NAME = 60;
  private static final Pattern SENTENCE_END = Pattern.compile("[.!?](?=\\s|$)");

  @Test
  void keepsEveryFileWithin300Lines() {
    List<String> longer =
        Project.javaFiles().stream()
            .filter(file -> file.lines() > LONGEST_FILE)
            .map(file -> file.path() + ": " + file.lines())
            .toList();

    assertThat(longer).as("files of more than %s lines", LONGEST_FILE).isEmpty();
  }

  @Test
  void keepsTheCycleOfAnAgentInOneFileUnder250Lines() {
    List<JavaFile> cycle =
        Project.mainFiles().stream()
            .filter(file -> file.topLevels().stream().anyMatch(t -> t.name().equals("AgentCycle")))
            .toList();

    assertThat(cycle).as("the file of the class AgentCycle").hasSize(1);
    assertThat(cycle.get(0).lines()).as("lines of the cycle").isLessThan(LONGEST_CYCLE);
  }

  @Test
  void keepsTheMedianOfCoreWithin90Lines() {
    List<Long> lengths =
        mainWithoutPackageInfo().stream()
            .filter(file -> file.module().equals("fluke-core"))
            .map(JavaFile::lines)
            .sorted()
            .toList();

    assertThat(lengths).as("files of core").hasSizeGreaterThan(100);
    assertThat(lengths.get(lengths.size() / 2))
        .as("median of lines")
        .isLessThanOrEqualTo(MEDIAN_OF_CORE);
  }

  /** Types of internal packages count as well: a public door of a room is one more to know. */
  @Test
  void makesAtMost40PercentOfTypesPublic() {
    List<JavaFile.TopLevel> types =
        mainWithoutPackageInfo().stream().flatMap(file -> file.topLevels().stream()).toList();
    List<String> open =
        types.stream().filter(JavaFile.TopLevel::isPublic).map(JavaFile.TopLevel::name).toList();

    assertThat(types).hasSizeGreaterThan(300);
    assertThat(open).isNotEmpty();
    assertThat(100 * open.size())
        .as("%s of %s types are public: %s", open.size(), types.size(), open)
        .isLessThanOrEqualTo(PERCENT_PUBLIC * types.size());
  }

  @Test
  void commentsEveryPublicType() {
    for (JavaFile file : mainWithoutPackageInfo()) {
      Matcher open = Pattern.compile("^public ", Pattern.MULTILINE).matcher(file.code());
      if (open.find()) {
        assertThat(file.text().substring(0, open.start()))
            .as("before the public type of %s", file)
            .contains("/**");
      }
    }
  }

  @Test
  void saysInOneSentenceWhatBelongsInEachPackage() {
    Map<String, List<JavaFile>> packages =
        new TreeMap<>(
            Project.mainFiles().stream()
                .collect(groupingBy(file -> file.module() + " " + file.packageName())));
    assertThat(packages).hasSizeGreaterThan(30);
    List<String> wrong = new ArrayList<>();
    packages.forEach(
        (name, files) -> {
          List<JavaFile> infos = files.stream().filter(JavaFile::isPackageInfo).toList();
          String javadoc = infos.isEmpty() ? "" : javadocOf(infos.get(0));
          if (!javadoc.endsWith(".") || SENTENCE_END.matcher(javadoc).results().count() != 1) {
            wrong.add("%s: '%s'".formatted(name, javadoc));
          }
        });

    assertThat(wrong).as("packages whose package-info is not one sentence").isEmpty();
  }

  @Test
  void hasATestOfTheNameFor60PercentOfFiles() {
    Set<String> tests =
        Project.testFiles().stream().map(JavaFile::simpleName).collect(Collectors.toSet());
    List<JavaFile> files = mainWithoutPackageInfo();
    Map<String, List<String>> without =
        files.stream()
            .filter(file -> !tests.contains(file.simpleName() + "Test"))
            .collect(
                groupingBy(
                    JavaFile::module,
                    TreeMap::new,
                    collectingAndThen(
                        toList(), of -> of.stream().map(JavaFile::simpleName).toList())));
    int tested = files.size() - without.values().stream().mapToInt(List::size).sum();

    assertThat(tests).hasSizeGreaterThan(100);
    assertThat(100 * tested)
        .as("%s of %s files have a test of their name; not: %s", tested, files.size(), without)
        .isGreaterThanOrEqualTo(PERCENT_TESTED_BY_NAME * files.size());
  }

  @Test
  void givesNoTwoTestFilesOneName() {
    Map<String, List<String>> paths =
        Project.testFiles().stream()
            .filter(file -> !file.isPackageInfo())
            .collect(
                groupingBy(
                    JavaFile::simpleName,
                    TreeMap::new,
                    collectingAndThen(toList(), of -> of.stream().map(JavaFile::path).toList())));
    paths.values().removeIf(same -> same.size() == 1);

    assertThat(paths).isEmpty();
  }

  private static String javadocOf(JavaFile info) {
    return info.parts().prose().stream()
        .map(JavaText.Prose::text)
        .filter(text -> text.startsWith("/**"))
        .findFirst()
        .map(text -> text.replaceAll("^/\\*\\*|\\*/$", "").replaceAll("\\n\\s*\\*", " ").strip())
        .orElse("");
  }

  private static List<JavaFile> mainWithoutPackageInfo() {
    return Project.mainFiles().stream().filter(file -> !file.isPackageInfo()).toList();
  }
}
