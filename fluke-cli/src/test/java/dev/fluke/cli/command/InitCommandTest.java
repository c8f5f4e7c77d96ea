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
  void writesATokenThatOnlyTheUserCanRead() throws Exception {
    Ended ended = Shell.in(dir).fluke("init", "--listen");

    assertThat(ended.out()).contains("wrote fluke.yaml\nwrote fluke.token\n");
    for (String name : new String[] {"fluke.token", "fluke.yaml"}) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve(name))))
          .as(name)
          .isEqualTo("rw-------");
    }
    assertThat(Files.readString(dir.resolve("fluke.token"))).matches("[A-Za-z0-9_-]{43}\n");
    assertThat(dir.resolve("fluke.yaml"))
        .content()
        .contains("listen: '127.0.0.1:7071'", "token_file: fluke.token");
    assertThat(Shell.in(dir).fluke("validate"))
        .isEqualTo(new Ended(0, "valid: 1 task, 1 agent\n", ""));
  }

  @Test
  void listensWhereItIsTold() throws Exception {
    Shell shell = Shell.in(dir);
    assertThat(shell.fluke("init", "--listen", "one").status()).isZero();
    assertThat(shell.fluke("init", "--listen", "[::1]:80", "two").status()).isZero();
    assertThat(shell.fluke("init", "three", "--listen").status()).isZero();

    assertThat(dir.resolve("one/fluke.yaml")).content().contains("'127.0.0.1:7071'");
    assertThat(dir.resolve("two/fluke.yaml")).content().contains("'[::1]:80'");
    assertThat(dir.resolve("three/fluke.token")).exists();
    assertThat(shell.fluke("init", "--listen", "host:port", "four"))
        .isEqualTo(
            new Ended(
                64,
                "",
                "fluke: --listen is 'host:port', must be an address and a port, such as 127.0.0.1:7071 or [::1]:7071\n"));
    assertThat(dir.resolve("four")).doesNotExist();
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
