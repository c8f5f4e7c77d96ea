package dev.fluke.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilePathsTest {

  @ParameterizedTest
  @CsvSource({
    "/etc/motd, /etc/motd",
    "//etc/./x///motd, /etc/x/motd",
    "/./motd, /motd",
    "/etc/.motd, /etc/.motd",
    "/etc/..motd, /etc/..motd"
  })
  void dropsSegmentsWithoutMeaning(String path, String normalized) {
    assertThat(FilePaths.normalized(path)).isEqualTo(normalized);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "motd", "~/motd", "/", "/etc/", "/etc/.", "/etc/..", "/a/../b", "/a\0"})
  void rejectsWhatIsNotTheAbsolutePathOfAFile(String path) {
    assertThatThrownBy(() -> FilePaths.normalized(path))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "path is '%s', must be the absolute path of a file without '..', such as /etc/motd"
                .formatted(path));
  }
}
