package dev.fluke.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scripts depend on these numbers. */
class ExitStatusTest {

  @Test
  void keepsItsNumbers() {
    assertThat(
            new int[] {
              ExitStatus.DONE,
              ExitStatus.DRIFT,
              ExitStatus.FAILED,
              ExitStatus.UNREACHABLE,
              ExitStatus.USAGE,
              ExitStatus.INVALID,
              ExitStatus.BUG,
              ExitStatus.UNWRITTEN,
              ExitStatus.REFUSED
            })
        .containsExactly(0, 2, 3, 4, 64, 65, 70, 74, 77);
  }

  @ParameterizedTest
  @CsvSource({"2, drift remains", "74, the output could not be written", "77, the credential"})
  void isDocumented(int status, String meaning) throws Exception {
    assertThat(Files.readString(Path.of("..", "docs", "cli.md")))
        .contains("| %s | %s".formatted(status, meaning));
  }
}
