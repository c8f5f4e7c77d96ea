package dev.fluke.mise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MiseTasksTest {

  @ParameterizedTest
  @CsvSource({"/opt/app, /opt/app", "/opt//./app/, /opt/app", "/opt/app/., /opt/app", "/, /"})
  void normalizesTheDirectory(String directory, String normalized) {
    assertThat(MiseTasks.in(directory).directory()).isEqualTo(normalized);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "app", "~", "/opt/..", "/opt/../etc", "/a\0"})
  void rejectsOtherDirectories(String directory) {
    assertThatThrownBy(() -> MiseTasks.in(directory))
        .hasMessage(
            "working_dir is '%s', must be an absolute path without '..', such as /opt/app"
                .formatted(directory));
  }

  @Test
  void keepsEveryOptionWhenTheOthersAreSet() {
    MiseTasks whole = new MiseTasks("/opt/app", "test:a b", "deploy", true);

    assertThat(MiseTasks.in("/opt/app").check("test:a b").apply("deploy").trust()).isEqualTo(whole);
    assertThat(MiseTasks.in("/opt/app").trust().apply("deploy").check("test:a b")).isEqualTo(whole);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "--cd=/", "-v", "a\nb"})
  void rejectsWhatCannotBeATask(String task) {
    String message = "task is '%s', which is not the name of a mise task".formatted(task);

    assertThatThrownBy(() -> MiseTasks.in("/").check(task)).hasMessage(message);
    assertThatThrownBy(() -> MiseTasks.in("/").apply(task)).hasMessage(message);
  }
}
