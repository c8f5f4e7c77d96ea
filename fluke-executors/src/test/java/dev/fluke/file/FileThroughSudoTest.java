package dev.fluke.file;

import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Secret;
import dev.fluke.onhost.LoginUser;
import dev.fluke.onhost.OneStep;
import dev.fluke.shell.Shell;
import dev.fluke.testkit.ExecutorContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of root, kept by a login user who has nothing but a line for sudo. */
@Tag("Z03")
class FileThroughSudoTest {
  @TempDir Path dir;
  private LoginUser user;
  private Path file;

  @BeforeEach
  void add() throws Exception {
    user = LoginUser.added();
    Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x"));
    file = dir.resolve("conf");
  }

  @AfterEach
  void remove() throws Exception {
    user.close();
  }

  private ManagedFile declared() {
    return ManagedFile.at(file.toString()).content(Secret.of("canary-of-root\n")).runAs("root");
  }

  @Tag("R27")
  @Test
  void needsOneSudoersLineForTheShell() throws Exception {
    user.may("(root) NOPASSWD: /bin/sh");

    ExecutorContract.of(declared().owner(user.name()).mode("0400"), user.login())
        .files(dir)
        .verify();

    assertThat(file).hasContent("canary-of-root\n");
    assertThat(Files.getOwner(file).getName()).isEqualTo(user.name());
  }

  @Test
  void quotesSudoWhenNoLineAllowsTheShell() {
    assertThat(OneStep.of(declared(), user.login()).cycle())
        .isUnknown()
        .hasMessageContaining("not begun: sudo: ");
    Shell shell = Shell.check("false").command("touch " + file).runAs("root");
    assertThat(OneStep.of(shell, user.login()).cycle())
        .isUnknown()
        .hasMessageContaining("not begun: sudo: ");

    assertThat(dir).isEmptyDirectory();
  }

  @Test
  void reportsTheFailureOfTheLoginUser() {
    ManagedFile mine = ManagedFile.at(file.toString()).content("x");

    assertThat(OneStep.of(mine, user.login()).cycle())
        .isFailed()
        .hasMessageContaining("Permission denied");

    assertThat(dir).isEmptyDirectory();
  }
}
