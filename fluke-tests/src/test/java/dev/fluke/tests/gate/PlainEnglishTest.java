package dev.fluke.tests.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.tests.gate.JavaText.Prose;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Comments, messages and pages use none of the words that words.txt refuses. */
class PlainEnglishTest {
  private static final RefusedWords WORDS = RefusedWords.read();

  @Test
  void refusesNoWordOfCommentsAndMessages() {
    Map<String, List<String>> found = new TreeMap<>();
    int proses = 0;
    for (JavaFile file : Project.mainFiles()) {
      for (Prose prose : file.parts().prose()) {
        proses++;
        WORDS
            .in(file.path(), prose.line(), prose.text())
            .forEach(
                each -> found.computeIfAbsent(file.module(), m -> new ArrayList<>()).add(each));
      }
    }

    assertThat(proses).as("comments and literals").isGreaterThan(2_000);
    assertThat(told(found)).isEmpty();
  }

  @Test
  void refusesNoWordOfThePages() {
    List<String> pages =
        Stream.of(
                Stream.of("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "docs/openapi.yaml"),
                Project.filesBelow("docs", ".md").stream())
            .flatMap(page -> page)
            .toList();
    List<String> found = new ArrayList<>();
    pages.forEach(page -> found.addAll(WORDS.in(page, 1, Project.read(page))));

    assertThat(pages).hasSizeGreaterThan(15);
    assertThat(told(Map.of("pages", found))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "// the caller is told when | 1",
        "* A line\\n * is\\n   * told so | 2",
        "// first\\n// Whoever comes | 2",
        "It is no host. | 1",
      })
  void findsARefusedWordAndItsLine(String text, int line) {
    String real = text.replace("\\n", "\n");

    assertThat(WORDS.in("X.java", 1, real))
        .singleElement()
        .asString()
        .startsWith("X.java:" + line + ": ")
        .contains("; write ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "there is no host",
        "it is no longer there",
        "the end of an apply",
        "a new revision, amended",
        "There\nis no answer"
      })
  void acceptsGoodEnglish(String text) {
    assertThat(WORDS.in("X.java", 1, text)).isEmpty();
  }

  /** One line for each place, and how many there are of each module. */
  private static List<String> told(Map<String, List<String>> found) {
    List<String> lines = new ArrayList<>();
    found.forEach(
        (module, places) -> {
          if (!places.isEmpty()) {
            lines.add(module + ": " + places.size());
            lines.addAll(places);
          }
        });
    return lines;
  }
}
