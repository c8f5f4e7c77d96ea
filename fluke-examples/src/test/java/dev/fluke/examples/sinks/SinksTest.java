package dev.fluke.examples.sinks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sinks are there to be copied. */
@Tag("R22")
class SinksTest {

  @ParameterizedTest
  @ValueSource(strings = {"SlackSink", "AlertmanagerSink", "LogSink"})
  void isShortEnoughToBeCopied(String sink) throws IOException {
    Path file = Path.of("src/main/java/dev/fluke/examples/sinks/" + sink + ".java");
    Pattern noCode = Pattern.compile("|\\s*(/?\\*|//|import |package ).*");

    assertThat(Files.readAllLines(file))
        .filteredOn(noCode.asMatchPredicate().negate())
        .hasSizeLessThan(40);
  }
}
