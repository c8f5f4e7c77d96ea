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
  void versionIsAnOptionToo() {
    assertThat(shell.fluke("--version")).isEqualTo(shell.fluke("version"));
  }

  private static Ended wrong(String message, String command) {
    return new Ended(64, "", "fluke: " + message + "\nTry '" + command + " --help'.\n");
  }

  @Test
  void aMisspeltWordGetsAHint() {
    assertThat(shell.fluke("valdate"))
        .isEqualTo(
            wrong(
                "no command 'valdate'; did you mean 'validate'? Known: describe, get, init, plan,"
                    + " reconcile, run, schema, server, validate, version",
                "fluke"));
    assertThat(shell.fluke("get", "agnets"))
        .isEqualTo(
            wrong(
                "no command 'agnets' in 'fluke get'; did you mean 'agents'? Known: agents, drift,"
                    + " events",
                "fluke get"));
    assertThat(shell.fluke("reconcile", "all", "--forced"))
        .isEqualTo(wrong("no option '--forced'; did you mean '--force'?", "fluke reconcile"));
    assertThat(shell.fluke("version", "--wait"))
        .isEqualTo(wrong("no option '--wait'", "fluke version"));
    assertThat(shell.fluke("schema", "x"))
        .isEqualTo(wrong("'x' is a word too many", "fluke schema"));
    assertThat(shell.fluke("reconcile", "all", "--reason"))
        .isEqualTo(wrong("--reason needs a TEXT behind it", "fluke reconcile"));
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
