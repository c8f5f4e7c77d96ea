package dev.fluke.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.onhost.PosixShell;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SystemctlTest {
  private static final Systemctl SYSTEM = new Systemctl("a b.service", null);
  private static final Systemctl OF_USER = new Systemctl("a b.service", "app");

  @TempDir Path programs;

  private void program(String name, String script) throws Exception {
    Path program = Files.writeString(programs.resolve(name), "#!/bin/sh\n" + script + "\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
  }

  private CommandResult run(PosixShell shell, Command command) throws Exception {
    return shell.run(command.env("PATH", programs + ":/usr/bin:/bin"));
  }

  @ParameterizedTest
  @EnumSource
  void showsASettledStateAtOnceInEveryShell(PosixShell shell) throws Exception {
    program("systemctl", "echo \"ActiveState=active $*\"; echo \"$XDG_RUNTIME_DIR\" >&2");

    CommandResult system = run(shell, SYSTEM.show());
    CommandResult user = run(shell, OF_USER.show());

    assertThat(system.stdout())
        .startsWith("ActiveState=active show --property=Id,LoadState,")
        .endsWith(" -- a b.service\n")
        .hasLineCount(1);
    assertThat(user.stdout()).startsWith("ActiveState=active --user show --property=");
    assertThat(user.stderr()).startsWith("/run/user/");
  }

  @ParameterizedTest
  @EnumSource
  void asksUntilTheStateSettlesInEveryShell(PosixShell shell) throws Exception {
    Path count = programs.resolve("count");
    program(
        "systemctl",
        "echo x >>%s\ntest $(wc -l <%s) -lt 3 && echo ActiveState=activating || echo ActiveState=active"
            .formatted(count, count));

    assertThat(run(shell, SYSTEM.show()).stdout()).isEqualTo("ActiveState=active\n");

    assertThat(count).content().hasLineCount(3);
  }

  @ParameterizedTest
  @EnumSource
  void endsWithTheStatusOfSystemctlInEveryShell(PosixShell shell) throws Exception {
    program("systemctl", "echo no bus >&2; exit 4");

    CommandResult result = run(shell, SYSTEM.show());

    assertThat(result.exitStatus()).isEqualTo(4);
    assertThat(result.stdout()).isEmpty();
    assertThat(result.stderr()).isEqualTo("no bus\n");
  }

  @ParameterizedTest
  @EnumSource
  void doesNotWaitForAUnitThatCrashes(PosixShell shell) throws Exception {
    program(
        "systemctl",
        "echo x >>"
            + programs
            + "/count; echo ActiveState=activating; "
            + "echo SubState=auto-restart");

    assertThat(run(shell, SYSTEM.show()).succeeded()).isTrue();

    assertThat(programs.resolve("count")).content().hasLineCount(1);
  }

  @Test
  void changesAsRootOrAsTheUser() {
    assertThat(SYSTEM.change("disable", "--runtime", "a.service"))
        .isEqualTo(Command.of("systemctl", "disable", "--runtime", "a.service").runAs("root"));
    assertThat(OF_USER.change("start", "a b.service"))
        .isEqualTo(
            Command.shell(
                    "export XDG_RUNTIME_DIR=/run/user/$(id -u); exec systemctl --user start 'a b.service'")
                .runAs("app"));
    assertThat(SYSTEM.show().runAs()).isEmpty();
    assertThat(OF_USER.show().runAs()).contains("app");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          127 | sh: systemctl: not found                 | no systemctl on this host: sh: systemctl: not found
          1   | System has not been booted with systemd. | this host was not booted with systemd: System has not been booted with systemd.
          1   | Failed to connect to bus: x              | no bus: Failed to connect to bus: x
          3   | other                                    | systemctl show ended with status 3: other
          """)
  void explainsWhyItCouldNotShow(int status, String printed, String why) {
    assertThat(SYSTEM.explain(CommandResult.exited(status).withStderr(printed))).isEqualTo(why);
  }

  @Test
  void explainsThatTheManagerOfAUserDoesNotRun() {
    assertThat(OF_USER.explain(CommandResult.exited(1).withStderr("Failed to connect to bus")))
        .isEqualTo(
            "no bus: Failed to connect to bus; the manager of user app does not run: loginctl enable-linger app");
  }

  @Test
  void writesTheSudoersLine() {
    assertThat(SYSTEM.sudoersLine("fluke", Command.of("systemctl", "stop", "a.service")))
        .isEqualTo("fluke ALL=(root) NOPASSWD: /usr/bin/systemctl stop a.service");
    assertThat(SYSTEM.sudoersLine("fluke", Command.of("systemctl", "stop", "a\\x2db:c.mount")))
        .isEqualTo("fluke ALL=(root) NOPASSWD: /usr/bin/systemctl stop a\\\\\\\\x2db\\:c.mount");
    assertThat(OF_USER.sudoersLine("fluke", OF_USER.change("stop", "a.service")))
        .isEqualTo("fluke ALL=(app) NOPASSWD: ALL");
  }
}
