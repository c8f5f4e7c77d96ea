package dev.fluke.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineDiffTest {

  private static String numbers(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(i -> i + "\n").collect(Collectors.joining());
  }

  @Test
  void showsChangesWithThreeLinesOfContext() {
    String before = numbers(1, 20);
    String after = before.replace("10\n", "ten\nand more\n");

    assertThat(LineDiff.of(before, after))
        .containsExactly(
            "@@ -7,7 +7,8 @@", " 7", " 8", " 9", "-10", "+ten", "+and more", " 11", " 12", " 13");
    assertThat(LineDiff.summary(before, after)).isEqualTo("1 line removed, 2 added");
  }

  @Test
  void showsDistantChangesInHunksOfTheirOwn() {
    String before = numbers(1, 30);
    String after = before.replace("\n5\n", "\nfive\n").replace("\n25\n", "\n");

    assertThat(LineDiff.of(before, after))
        .containsExactly(
            "@@ -2,7 +2,7 @@",
            " 2",
            " 3",
            " 4",
            "-5",
            "+five",
            " 6",
            " 7",
            " 8",
            "@@ -22,7 +22,6 @@",
            " 22",
            " 23",
            " 24",
            "-25",
            " 26",
            " 27",
            " 28");
  }

  @Test
  void joinsChangesThatAreNear() {
    String before = numbers(1, 12);
    String after = before.replace("\n4\n", "\nfour\n").replace("\n9\n", "\nnine\n");

    assertThat(LineDiff.of(before, after)).startsWith("@@ -1,12 +1,12 @@").hasSize(15);
  }

  @Test
  void showsNewAndEmptiedTexts() {
    assertThat(LineDiff.of("", "a\nb\n")).containsExactly("@@ -0,0 +1,2 @@", "+a", "+b");
    assertThat(LineDiff.of("a\n", "")).containsExactly("@@ -1 +0,0 @@", "-a");
    assertThat(LineDiff.of("a\n", "a\n")).isEmpty();
  }

  @Test
  void saysThatTheLastLineHasNoEnd() {
    assertThat(LineDiff.of("a\nb", "a\nb\n"))
        .containsExactly("@@ -1,2 +1,2 @@", " a", "-b", "\\ No newline at end of file", "+b");
  }

  @Test
  void showsControlCharactersAndSpacesAtTheEnd() {
    assertThat(LineDiff.of("a\r\n", "a\n")).containsExactly("@@ -1 +1 @@", "-a\\u000d", "+a");
    assertThat(LineDiff.of("", "\u001b[31m\tred\n")).contains("+\\u001b[31m\\tred");
  }

  @Test
  void cutsLongLinesAndManyLines() {
    List<String> lines = LineDiff.of("", ("x".repeat(500) + "\n").repeat(100));

    assertThat(lines).hasSize(41).last().isEqualTo("… 61 more lines");
    assertThat(lines.get(1)).hasSize(120).endsWith("x…");
  }

  @Test
  void comparesTextsThatAreTooLongForThatByBlocks() {
    String before = numbers(1, 5_000);
    String after = numbers(5_001, 10_000);

    assertThat(LineDiff.summary(before, after)).isEqualTo("5000 lines removed, 5000 added");
    assertThat(LineDiff.of(before, after).get(0)).isEqualTo("@@ -1,5000 +1,5000 @@");
  }

  @Test
  void countsTheChangesOfADiff() {
    String diff = "--- /f as found\n+++ /f as declared\n@@ -1,3 +1,3 @@\n a\n-b\n+B\n+c";

    assertThat(LineDiff.isDiff(diff)).isTrue();
    assertThat(LineDiff.isDiff("--- a\nb")).isFalse();
    assertThat(LineDiff.summary(diff)).isEqualTo("1 line removed, 2 added");
  }
}
