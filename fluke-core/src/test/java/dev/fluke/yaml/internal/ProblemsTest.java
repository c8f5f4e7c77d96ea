package dev.fluke.yaml.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemsTest {
  private final Problems problems = new Problems("a.yaml");

  private List<String> found() {
    return problems.found().stream().map(Object::toString).toList();
  }

  @Test
  void keepsEachProblemOnce() {
    problems.at(2, 1, "is wrong");
    problems.at(1, 1, "is wrong");
    problems.at(2, 1, "is wrong");

    assertThat(found()).containsExactly("a.yaml:2:1: is wrong", "a.yaml:1:1: is wrong");
  }

  @Test
  void endsTheReadingAtTheThousandthProblem() {
    for (int i = 1; i < 1_000; i++) {
      problems.at(1, 1, "is wrong"); // an alias makes the same one again
    }
    assertThatThrownBy(() -> problems.at(7, 3, "is wrong, too"))
        .isInstanceOf(Problems.EndedException.class);

    assertThat(found())
        .containsExactly(
            "a.yaml:1:1: is wrong",
            "a.yaml:7:3: is wrong, too",
            "a.yaml:7:3: has 1,000 problems up to here and is read no further; correct these"
                + " first");
  }
}
