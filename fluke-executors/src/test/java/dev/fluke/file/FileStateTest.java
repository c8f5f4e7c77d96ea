package dev.fluke.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.command.CommandFailedException;
import dev.fluke.command.CommandResult;
import dev.fluke.file.FileState.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the output of inspect.sh means. */
class FileStateTest {
  private static final String FACTS = "640:0:33:3:0:7::root:www-data:1";
  private static final String HASH = Content.sha256("a\nb".getBytes(UTF_8));

  private static FileState of(String printed) {
    return FileState.of(CommandResult.exited(0).withStdout(printed));
  }

  @ParameterizedTest
  @CsvSource({
    "missing\\n, MISSING, missing",
    "symlink\\n/etc/motd\\n, SYMLINK, a symbolic link to /etc/motd",
    "directory\\n, DIRECTORY, a directory",
    "special\\n, SPECIAL, neither file nor directory",
    "hidden\\n/root\\n, HIDDEN, 'in /root, which can''t be entered'",
    "refused\\nothers can set /srv/a\\n, REFUSED, others can set /srv/a",
    "unreadable\\n600:0:0:1:0:0::root:root:1\\n, UNREADABLE, a file that can't be read"
  })
  void readsEveryKind(String printed, Kind kind, String words) {
    FileState state = of(printed.replace("\\n", "\n"));

    assertThat(state.kind()).isEqualTo(kind);
    assertThat(state.inWords()).isEqualTo(words);
    assertThat(state.sha256()).isEmpty();
    assertThat(state.hasContent()).isFalse();
  }

  @Test
  void readsAFileWithItsContent() {
    FileState state = of("file\n" + FACTS + "\n" + HASH + "\na\nb");

    assertThat(state.kind()).isEqualTo(Kind.FILE);
    assertThat(state.mode()).isEqualTo("0640");
    assertThat(state.size()).isEqualTo("3");
    assertThat(state.sha256()).isEqualTo(HASH);
    assertThat(state.content()).asString().isEqualTo("a\nb");
    assertThat(state.hasContent()).isTrue();
  }

  @Test
  void readsAFileWhoseContentWasNotSent() {
    FileState state = of("file\n" + FACTS + "\n" + HASH + "\n");

    assertThat(state.content()).isEmpty();
    assertThat(state.hasContent()).isFalse();
  }

  @Test
  void givesOwnersInTheFormOfTheExample() {
    FileState state = of("file\n" + FACTS + "\n" + HASH + "\n");

    assertThat(state.owner("0")).isEqualTo("0");
    assertThat(state.owner("nobody")).isEqualTo("root");
    assertThat(state.group("0")).isEqualTo("33");
    assertThat(state.group("nogroup")).isEqualTo("www-data");
  }

  @Test
  void knowsWhoReadTheFile() {
    FileState state = of("file\n" + FACTS + "\n" + HASH + "\n");

    assertThat(state.reader()).isEqualTo("0");
    assertThat(state.groupOfReader()).isEqualTo("7");
  }

  @Test
  void keepsNoRightToRunAsTheOwnerWhereOthersCanWrite() {
    FileState own = of("file\n4755:0:0:1:0:0::root:root:1\n" + HASH + "\n");
    FileState shared = of("file\n4755:0:0:1:0:0:shared:root:root:1\nother\n");

    assertThat(own.isShared()).isFalse();
    assertThat(own.keptMode()).isEqualTo("4755");
    assertThat(shared.isShared()).isTrue();
    assertThat(shared.mode()).isEqualTo("4755");
    assertThat(shared.keptMode()).isEqualTo("0755");
  }

  @Test
  void throwsWhenTheScriptFailed() {
    CommandResult failed = CommandResult.exited(1).withStderr("stat: no such option");

    assertThatThrownBy(() -> FileState.of(failed))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageContaining("stat: no such option");
  }
}
