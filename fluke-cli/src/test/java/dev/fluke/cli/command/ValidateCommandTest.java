package dev.fluke.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.cli.Shell;
import dev.fluke.cli.Shell.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code fluke validate}. */
class ValidateCommandTest {
  private static final String GOOD =
      "tasks: { %s: { selector: { all: true }, steps: [ { shell: s, check: a, command: b } ] } }\n";

  @TempDir Path dir;
  private Shell shell;

  @BeforeEach
  void enter() {
    shell = Shell.in(dir);
  }

  private void write(String path, String text) throws IOException {
    Path file = dir.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void countsTasksOfTheCurrentDirectory() throws Exception {
    write("web.fluke.yaml", GOOD.formatted("web"));
    write("deep/down/db.fluke.yml", GOOD.formatted("db"));
    write("not-ours.yaml", "tasks: oops");

    assertThat(shell.fluke("validate")).isEqualTo(new Ended(0, "valid: 2 tasks\n", ""));
    assertThat(shell.fluke("validate", "deep")).isEqualTo(new Ended(0, "valid: 1 task\n", ""));
  }

  @Test
  void reportsAllErrorsWithTheirPositions() throws Exception {
    write("manifests/a.fluke.yaml", "tasks:\n  a:\n    steps: []\n");
    write("manifests/b.fluke.yaml", GOOD.formatted("b").replace("command", "comand"));

    Ended ended = shell.fluke("validate", "manifests/");

    assertThat(ended.status()).isEqualTo(65);
    assertThat(ended.out().lines())
        .hasSize(4)
        .allMatch(line -> line.matches("manifests/[ab]\\.fluke\\.yaml:\\d+:\\d+: task '.*"))
        .anyMatch(line -> line.contains("unknown field 'comand'; did you mean 'command'?"));
    assertThat(ended.err()).isEqualTo("fluke: 4 errors\n");
  }

  @Test
  void rejectsEqualTaskNamesInOneDirectory() throws Exception {
    write("m/a.fluke.yaml", GOOD.formatted("same"));
    write("m/b.fluke.yaml", GOOD.formatted("Same"));

    Ended ended = shell.fluke("validate", "m/a.fluke.yaml", "m/b.fluke.yaml");

    assertThat(ended.status()).isEqualTo(65);
    assertThat(ended.out())
        .isEqualTo(
            "m/b.fluke.yaml:1:10: task 'Same': is declared at a.fluke.yaml:1:10 already;"
                + " task names are unique across files, case aside\n");
  }

  @Test
  void reportsAMissingPath() {
    assertThat(shell.fluke("validate", "none.fluke.yaml"))
        .isEqualTo(
            new Ended(65, "none.fluke.yaml: no such file or directory\n", "fluke: 1 error\n"));
  }
}
