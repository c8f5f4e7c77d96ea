package dev.fluke.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.command.Command;
import dev.fluke.command.Secret;
import dev.fluke.testkit.ExecutorContract;
import dev.fluke.testkit.FakeHost;
import dev.fluke.transport.Local;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShellTest {

  @Tag("R27")
  @Tag("R28")
  @Test
  void keepsTheContractOnThisMachine(@TempDir Path dir) {
    Path file = dir.resolve("f");

    ExecutorContract.of(
            Shell.check("test \"$(cat f 2>/dev/null)\" = \"$WANT\"")
                .command("printf %s \"$WANT\" > f")
                .in(dir.toString())
                .env("WANT", "it's 'quoted' $HOME"),
            Local.machine())
        .state(() -> contentOf(file))
        .verify();

    assertThat(file).hasContent("it's 'quoted' $HOME");
  }

  @Tag("R27")
  @Test
  void breaksTheContractWhenTheCommandAppends(@TempDir Path dir) {
    Path file = dir.resolve("f");
    ExecutorContract counting =
        ExecutorContract.of(
                Shell.check("test -s f").command("echo x >> f").in(dir.toString()), Local.machine())
            .state(() -> contentOf(file));

    assertThatThrownBy(counting::verify)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("a second apply changes nothing")
        .hasMessageContaining("the host was\nx\n\nand then\nx\nx\n");
  }

  @Tag("R31")
  @Test
  void breaksTheContractWhenTheCheckWrites() {
    FakeHost host = FakeHost.named("web-01");
    host.pair("check", "fix");
    host.mutates("check");

    assertThatThrownBy(
            () -> ExecutorContract.of(Shell.check("check").command("fix"), host).verify())
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("the check writes: [check");
  }

  @Tag("R28")
  @Test
  void warnsOfACommandThatAppends() {
    assertThat(Shell.check("true").command("echo x >> f").warnings()).hasSize(1);
    assertThat(Shell.check("true").command("echo x > f").warnings()).isEmpty();
  }

  @Test
  void isAValue() {
    Shell shell = Shell.check("a").command("b");

    assertThat(shell).isEqualTo(Shell.check("a").command("b"));
    assertThat(shell).isNotEqualTo(Shell.check("a").command("c"));
    assertThat(shell).isNotEqualTo(shell.in("/tmp"));
    assertThat(shell.runAs("deploy").checkCommand().runAs()).contains("deploy");
    assertThat(shell).hasToString("check: a; command: b");
  }

  @Test
  void keepsEveryOptionWhenTheOthersAreSet() {
    Secret token = Secret.of("canary");
    Shell plain = Shell.check("a").command("b");
    Shell whole = plain.in("/opt").runAs("app").env("A", "1").env("TOKEN", token);

    assertThat(plain.env("A", "1").env("TOKEN", token).runAs("app").in("/opt")).isEqualTo(whole);
    assertThat(whole.checkCommand())
        .isEqualTo(
            Command.shell("a")
                .inDefaultShell()
                .in("/opt")
                .runAs("app")
                .env("A", "1")
                .env("TOKEN", token));
  }

  private static String contentOf(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "missing";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
