package dev.fluke.ssh;

import static dev.fluke.ssh.Lab.limited;
import static dev.fluke.ssh.Lab.stdout;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Command;
import dev.fluke.transport.Answer;
import dev.fluke.transport.HostConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that a login shell might take for something else. */
@Tag("Z01")
@Tag("rule-4")
@Tag("slow")
class LoginShellTest {
  @RegisterExtension
  static final Lab lab = new Lab("AuthorizedKeysFile .ssh/authorized_keys", "SetEnv LANG=C.UTF-8");

  private static final int[] ALPHABET =
      "'\"$!\\*~#;`\n\t-%&|<>(){}[]^= aé€\ud83d\ude00\u202e\u0001\u007f".codePoints().toArray();
  private static final int STRINGS = 1000;
  private static final int A_COMMAND = 50;

  private final Random random = new Random(Long.getLong("fluke.test.seed", 42));

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(12); left >= 0; left--) {
      int any = random.nextInt(20) == 0 ? 1 + random.nextInt(0xD7FF) : 0;
      text.appendCodePoint(any == 0 ? ALPHABET[random.nextInt(ALPHABET.length)] : any);
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bin/bash", "/usr/bin/fish", "/bin/tcsh"})
  void returnsAnyTextUnchangedWhateverTheLoginShell(String shell) throws Exception {
    List<Command> commands = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int done = 0; done < STRINGS; done += A_COMMAND) {
      List<String> words = IntStream.range(0, A_COMMAND).mapToObj(n -> text()).toList();
      String all = String.join("\u0002", words);
      List<String> argv = new ArrayList<>(List.of("-c", "printf '%s\\2' \"$@\" \"$V\"; cat", "sh"));
      argv.addAll(words);
      commands.add(limited(Command.of("sh", argv.toArray(String[]::new)).env("V", all).stdin(all)));
      expected.add(all + "\u0002" + all + "\u0002" + all);
    }
    Accounts accounts = lab.opened(new Accounts(lab.server()));
    Ssh ssh = lab.server().ssh().user(accounts.add(shell));
    try (HostConnection connection = lab.open(ssh)) {
      assertThat(connection.ask(commands)).extracting(answer -> stdout(answer)).isEqualTo(expected);
      for (int i = 0; i < 3; i++) {
        Answer applied = connection.act(commands.get(i));
        assertThat(stdout(applied)).isEqualTo(expected.get(i));
      }
    }
  }
}
