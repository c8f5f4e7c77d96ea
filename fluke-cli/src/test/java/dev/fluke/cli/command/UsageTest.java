package dev.fluke.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.cli.Shell;
import dev.fluke.cli.Shell.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line itself. */
class UsageTest {
  @TempDir Path dir;
  private Shell shell;

  @BeforeEach
  void enter() {
    shell = Shell.in(dir);
  }

  @Test
  void versionNamesTheVersionAndJava() {
    assertThat(shell.fluke("version").out())
        .matches("fluke \\d+\\.\\d+\\.\\d+(-SNAPSHOT)? \\(Java [\\d.]+.*\\)\n");
  }

  @Test
  void schemaIsThatOfTheDocumentation() throws Exception {
    String documented = Files.readString(Path.of("..", "docs", "fluke.schema.json"));

    assertThat(shell.fluke("schema").out().strip()).isEqualTo(documented.strip());
  }

  @Test
  void helpListsCommandsAndExitStatuses() {
    Ended help = shell.fluke("--help");

    assertThat(help.status()).isZero();
    assertThat(help.out())
        .startsWith("Usage: fluke")
        .contains("validate", "schema", "version", "Exit status:", "drift is left")
        .doesNotContain("\u001b");
    assertThat(shell.fluke("validate", "--help").out()).startsWith("Usage: fluke validate");
  }

  @Test
  void aMisspeltCommandGetsAHint() {
    Ended ended = shell.fluke("valdate");

    assertThat(ended.status()).isEqualTo(64);
    assertThat(ended.err())
        .startsWith("fluke: Unmatched argument at index 0: 'valdate'\n")
        .contains("Did you mean: fluke validate")
        .endsWith("Try 'fluke --help'.\n");
  }

  @Test
  void noCommandIsAnErrorToo() {
    assertThat(shell.fluke())
        .isEqualTo(new Ended(64, "", "fluke: no command given\nTry 'fluke --help'.\n"));
  }

  @Test
  void whatIsTypedIsShownEscaped() {
    assertThat(shell.fluke("\u001b[31mred").err()).contains("\\u001b[31mred");
  }

  @Test
  void coloursAreForTerminalsAlone() {
    shell.onATerminal();

    assertThat(shell.fluke("--help").out()).contains("\u001b[");
    assertThat(shell.with("NO_COLOR", "1").fluke("--help").out()).doesNotContain("\u001b[");
  }
}
