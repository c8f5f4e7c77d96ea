package dev.fluke.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisplayTextTest {

  @ParameterizedTest
  @CsvSource({"0, 0 tasks", "1, 1 task", "2, 2 tasks"})
  void countsThings(int number, String text) {
    assertThat(DisplayText.count(number, "task")).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-30T10:00:00.123456Z, 2026-11-30T10:00:00Z",
    "2026-11-30T10:00:00Z, 2026-11-30T10:00:00Z",
    "'', ''"
  })
  void omitsFractionsOfASecond(String time, String shown) {
    assertThat(DisplayText.seconds(time)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({"web-01, web-01", "'a b', a%20b", "a/b+c, a%2Fb%2Bc", "'ä&?', %C3%A4%26%3F"})
  void encodesForUrls(String text, String encoded) {
    assertThat(DisplayText.encoded(text)).isEqualTo(encoded);
  }

  @Test
  void explainsFileErrorsWithoutClassNames() {
    assertThat(DisplayText.why(new AccessDeniedException("/x"))).isEqualTo("permission denied");
    assertThat(DisplayText.why(new NoSuchFileException("/x")))
        .isEqualTo("no such file or directory");
    assertThat(DisplayText.why(new FileSystemException("/x", null, "No space left on device")))
        .isEqualTo("No space left on device");
    assertThat(DisplayText.why(new IOException("Stream closed"))).isEqualTo("Stream closed");
  }

  @Test
  void printsNotesEscaped() {
    CapturedTerminal captured = CapturedTerminal.create();

    DisplayText.notes(captured.terminal(), Map.of("notes", List.of("one", "\u001b[31mtwo")));
    DisplayText.notes(captured.terminal(), Map.of());

    assertThat(captured.out()).isEqualTo("note: one\nnote: \\u001b[31mtwo\n");
  }
}
