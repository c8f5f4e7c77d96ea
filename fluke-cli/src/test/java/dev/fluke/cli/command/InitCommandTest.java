package dev.fluke.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.cli.Shell;
import dev.fluke.cli.Shell.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitCommandTest {
  @TempDir Path dir;

  @Test
  void writesFilesThatAreValid() throws Exception {
    Shell shell = Shell.in(dir);

    assertThat(shell.fluke("init"))
        .isEqualTo(
            new Ended(
                0,
                """
                wrote fluke.yaml
                wrote manifests/greeting.fluke.yaml
                wrote fluke.schema.json
                next: fluke validate, then fluke run
                """,
                ""));
    assertThat(shell.fluke("validate")).isEqualTo(new Ended(0, "valid: 1 task, 1 agent\n", ""));
    assertThat(Files.getPosixFilePermissions(dir.resolve("fluke.yaml")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void quotesTheDirectoryInTheManifest() throws Exception {
    Path quoted = Files.createDirectory(dir.resolve("it's"));

    assertThat(Shell.in(dir).fluke("init", "it's").status()).isZero();
    assertThat(quoted.resolve("manifests/greeting.fluke.yaml")).content().contains("it''s'");
    assertThat(Shell.in(quoted).fluke("validate").status()).isZero();
  }

  @Test
  void overwritesNothing() throws Exception {
    Files.writeString(dir.resolve("fluke.schema.json"), "mine");

    Ended ended = Shell.in(dir).fluke("init");

    assertThat(ended)
        .isEqualTo(
            new Ended(
                64,
                "",
                "fluke: fluke.schema.json exists already; 'fluke init' overwrites nothing\n"));
    assertThat(dir.resolve("fluke.yaml")).doesNotExist();
    assertThat(dir.resolve("fluke.schema.json")).hasContent("mine");
  }
}
