package dev.fluke.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FileProblemTest {

  @Test
  void printsPlaceAndMessageOnOneLine() {
    assertThat(new FileProblem("a\n.yaml", 3, 7, "task 'x':\u001b no step"))
        .hasToString("a\\n.yaml:3:7: task 'x':\\u001b no step");
  }

  @Test
  void leavesOutTheMiddleOfALongMessage() {
    String message = "task '" + "x".repeat(900_000) + "': is too long; shorten it";
    FileProblem problem = new FileProblem("f".repeat(5_000) + ".yaml", 1, 2, message);

    assertThat(problem.message())
        .startsWith("task 'xxx")
        .contains("xxx … xxx")
        .endsWith("': is too long; shorten it")
        .hasSizeLessThanOrEqualTo(2_000);
    assertThat(problem.file()).hasSizeLessThanOrEqualTo(500).endsWith(".yaml");
  }

  @Test
  void sortsByFileThenByPlaceThenByMessage() {
    FileProblem first = new FileProblem("a", 2, 9, "z");
    FileProblem second = new FileProblem("a", 10, 1, "b");
    FileProblem third = new FileProblem("a", 10, 2, "a");
    FileProblem fourth = new FileProblem("a", 10, 2, "b");
    FileProblem fifth = new FileProblem("b", 1, 1, "a");

    assertThat(List.of(fifth, third, first, fourth, second).stream().sorted())
        .containsExactly(first, second, third, fourth, fifth);
  }
}
