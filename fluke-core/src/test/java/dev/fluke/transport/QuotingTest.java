package dev.fluke.transport;

import static dev.fluke.transport.Shells.limited;
import static dev.fluke.transport.Shells.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Command;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Texts that shells might take for something else; {@code scripts/prove quoting} tries a million.
 */
class QuotingTest {
  private static final int STRINGS = Integer.getInteger("fluke.test.strings", 3_000);
  private static final int A_COMMAND = 100;
  private static final int A_BATCH = 20;
  private static final int[] ALPHABET =
      "'\"$!\\*~#;`\n\t-%&|<>(){}[] aé€\ud83d\ude00\u202e\u0001\u007f".codePoints().toArray();

  private final Shells shells = new Shells();
  private final Random random = new Random(Long.getLong("fluke.test.seed", 42));

  @AfterEach
  void close() {
    shells.close();
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(12); left >= 0; left--) {
      int any = random.nextInt(20) == 0 ? 1 + random.nextInt(0xD7FF) : 0;
      text.appendCodePoint(any == 0 ? ALPHABET[random.nextInt(ALPHABET.length)] : any);
    }
    return text.toString();
  }

  @Tag("Z01")
  @Tag("rule-4")
  @ParameterizedTest
  @MethodSource("dev.fluke.transport.Shells#all")
  void anyTextComesBackUnchanged(Transport transport) throws Exception {
    try (HostConnection connection = shells.open(transport)) {
      for (int done = 0; done < STRINGS; done += A_COMMAND * A_BATCH) {
        List<String> expected = new ArrayList<>();
        List<Command> commands = new ArrayList<>();
        for (int i = 0; i < A_BATCH; i++) {
          List<String> words = IntStream.range(0, A_COMMAND).mapToObj(n -> text()).toList();
          String all = String.join("\u0002", words);
          List<String> argv =
              new ArrayList<>(List.of("-c", "printf '%s\\2' \"$@\" \"$V\"; cat", "sh"));
          argv.addAll(words);
          commands.add(
              limited(Command.of("sh", argv.toArray(String[]::new)).env("V", all).stdin(all)));
          expected.add(all + "\u0002" + all + "\u0002" + all);
        }
        List<Answer> answers = connection.ask(commands);
        for (int i = 0; i < A_BATCH; i++) {
          assertThat(result(answers.get(i)).stdout()).isEqualTo(expected.get(i));
        }
      }
    }
  }

  @Tag("Z01")
  @ParameterizedTest
  @MethodSource("dev.fluke.transport.Shells#all")
  void anyNameIsADirectoryToWorkIn(Transport transport, @TempDir Path dir) throws Exception {
    try (HostConnection connection = shells.open(transport)) {
      for (int i = 0; i < STRINGS / 100; i++) {
        String path = dir + "/" + i + text().replace('/', '_');
        List<Answer> answers =
            connection.ask(
                List.of(
                    limited(Command.of("mkdir", path)),
                    limited(Command.of("/bin/pwd").in(path)),
                    limited(Command.of("rmdir", path))));

        assertThat(result(answers.get(1)).stdout()).isEqualTo(path + "\n");
        assertThat(result(answers.get(2)).succeeded()).isTrue();
      }
    }
  }
}
