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
class FlukeTest {
  @TempDir Path dir;
  private Shell shell;

  @BeforeEach
  void enter() {
    shell = Shell.in(dir);
  }

  @Test
  void printsTheVersionAndJava() {
    assertThat(shell.fluke("version").out())
        .matches("fluke \\d+\\.\\d+\\.\\d+(-SNAPSHOT)? \\(Java [\\d.]+.*\\)\n");
  }

  @Test
  void printsTheSchemaOfTheDocumentation() throws Exception {
    String documented = Files.readString(Path.of("..", "docs", "fluke.schema.json"));

    assertThat(shell.fluke("schema").out().strip()).isEqualTo(documented.strip());
  }

  @Test
  void listsCommandsAndExitStatusesInHelp() {
    Ended help = shell.fluke("--help");

    assertThat(help.status()).isZero();
    assertThat(help.out())
        .startsWith("Usage: fluke")
        .contains("validate", "schema", "version", "Exit status:", "drift remains")
        .doesNotContain("\u001b");
    assertThat(shell.fluke("validate", "--help").out()).startsWith("Usage: fluke validate");
  }

  @Test
  void acceptsVersionAsAnOption() {
    assertThat(shell.fluke("--version")).isEqualTo(shell.fluke("version"));
  }

  private static Ended wrong(String message, String command) {
    return new Ended(64, "", "fluke: " + message + "\nTry '" + command + " --help'.\n");
  }

  @Test
  void suggestsTheWordThatWasMeant() {
    assertThat(shell.fluke("valdate"))
        .isEqualTo(
            wrong(
                "unknown command 'valdate'; did you mean 'validate'? Known: describe, get, init, plan,"
                    + " reconcile, run, schema, server, validate, version",
                "fluke"));
    assertThat(shell.fluke("get", "agnets"))
        .isEqualTo(
            wrong(
                "unknown command 'agnets' in 'fluke get'; did you mean 'agents'? Known: agents, drift,"
                    + " events, run",
                "fluke get"));
    assertThat(shell.fluke("reconcile", "all", "--forced"))
        .isEqualTo(wrong("unknown option '--forced'; did you mean '--force'?", "fluke reconcile"));
    assertThat(shell.fluke("version", "--wait"))
        .isEqualTo(wrong("unknown option '--wait'", "fluke version"));
    assertThat(shell.fluke("schema", "x"))
        .isEqualTo(wrong("unexpected argument 'x'", "fluke schema"));
    assertThat(shell.fluke("reconcile", "all", "--reason"))
        .isEqualTo(wrong("option --reason requires a value: TEXT", "fluke reconcile"));
  }

  @Test
  void rejectsACallWithoutACommand() {
    assertThat(shell.fluke())
        .isEqualTo(new Ended(64, "", "fluke: no command given\nTry 'fluke --help'.\n"));
  }

  @Test
  void escapesWhatTheUserTyped() {
    assertThat(shell.fluke("\u001b[31mred").err()).contains("\\u001b[31mred");
  }

  @Test
  void usesColoursOnlyOnATerminal() {
    shell.onATerminal();

    assertThat(shell.fluke("--help").out()).contains("\u001b[");
    assertThat(shell.with("NO_COLOR", "1").fluke("--help").out()).doesNotContain("\u001b[");
  }
}
