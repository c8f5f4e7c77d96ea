package dev.fluke.transport;

import static dev.fluke.command.ShellQuoting.quote;
import static dev.fluke.transport.Shells.limited;
import static dev.fluke.transport.Shells.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The programs that Fluke runs on a host are the host's, whatever an environment says. */
@Tag("rule-5")
@Tag("slow")
class OwnToolsTest {
  private static final String[] TOOLS = {
    "timeout", "flock", "setsid", "env", "cat", "head", "sleep", "id", "true", "kill", "sh", "bash",
    "runuser", "sudo", "printf", "echo", "test"
  };

  private final Shells shells = new Shells();
  @TempDir Path home;
  @TempDir Path dir;

  /** Puts programs of the same names into the directory, which leave a note. */
  @BeforeEach
  void makeOthers() throws Exception {
    Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxrwxrwx"));
    for (String tool : TOOLS) {
      Shells.program(dir.resolve(tool), "echo " + tool + " >>" + dir + "/ran", "exit 9");
    }
    Files.createFile(dir.resolve("libc.so.6")); // with it, no program starts
    Files.writeString(dir.resolve("start"), "hook() { echo hooked; }\n");
  }

  @AfterEach
  void close() {
    shells.close();
  }

  /** A host whose /bin/sh is this program. */
  private Transport host(String sh, String path, String... before) {
    String mount = sh.equals("dash") ? "" : "mount --bind /bin/" + sh + " /usr/bin/dash && ";
    List<String> argv = new ArrayList<>(List.of(before));
    argv.addAll(List.of(Shells.inHome(home, mount + "PATH=" + path + " exec /bin/sh")));
    return Transport.throughShell(argv.toArray(String[]::new));
  }

  /** What the commands answer when they are asked, and when they are applied under the lock. */
  private static List<CommandResult> answers(HostConnection connection, List<Command> commands) {
    List<CommandResult> results = new ArrayList<>();
    connection.ask(commands).forEach(answer -> results.add(result(answer)));
    for (Command command : commands) {
      try (Held held = connection.hold(Duration.ofMinutes(1))) {
        results.add(result(held.act(command)));
      }
    }
    return results;
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox"})
  void runsNoProgramOfTheStepsPath(String sh) throws Exception {
    String prints = "echo \"$PATH\"";
    List<Command> commands = new ArrayList<>();
    for (Command each :
        List.of(
            Command.shell(prints).inDefaultShell(),
            Command.shell(prints + " # $$").inDefaultShell().stdin("in"),
            Command.shell(prints + "\n#".repeat(50_000)),
            Command.of("/usr/bin/printenv", "PATH").in("/usr"))) {
      commands.add(limited(each.env("PATH", dir.toString())));
      commands.add(limited(each.env("PATH", dir.toString()).runAs("daemon")));
    }

    try (HostConnection connection = shells.open(host(sh, "/usr/bin:/bin"))) {
      assertThat(connection.remarks()).isEmpty();
      assertThat(answers(connection, commands))
          .hasSize(16)
          .allSatisfy(result -> assertThat(result.stdout()).isEqualTo(dir + "\n"));
    }
    assertThat(dir.resolve("ran")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/usr/bin/fish", "/bin/dash"})
  void setsItForADefaultShellOfAnyKind(String shell) throws Exception {
    Target target = Target.of("here", shells.scheduler).defaultShell(shell);
    Command prints =
        limited(
            Command.shell("echo $PATH:$A\npwd").env("PATH", dir + "").env("A", "it's a").in("/"));
    try (HostConnection connection = host("dash", "/usr/bin:/bin").open(target)) {
      assertThat(answers(connection, List.of(prints.inDefaultShell())))
          .allSatisfy(result -> assertThat(result.stdout()).isEqualTo(dir + ":it's a\n/\n"));
    }
    assertThat(dir.resolve("ran")).doesNotExist();
  }

  /** A text in an environment that is to break what is not its own. */
  private Command hostile(String text) {
    return Command.shell(text)
        .env("IFS", "/o")
        .env("HOME", "/h")
        .env("CDPATH", "/usr")
        .env("TMPDIR", "/no/such")
        .env("LD_LIBRARY_PATH", dir.toString())
        .env("LD_PRELOAD", "libc.so.6")
        .env("FLUKE_0", "it's $0\n\\")
        .env("SHLVL", "7")
        .env("ENV", dir + "/start")
        .env("BASH_ENV", dir + "/start")
        .env("PS4", "trace: ")
        .env("SHELLOPTS", "xtrace:nosuchoption")
        .env("BASHOPTS", "nullglob:nosuchoption")
        .env("POSIXLY_CORRECT", "1")
        .in("/");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox"})
  void setsTheStepsEnvironmentForItsOwnTextOnly(String sh) throws Exception {
    String prints =
        "echo \"$IFS:$HOME:$CDPATH:$TMPDIR:$LD_LIBRARY_PATH:$LD_PRELOAD:$FLUKE_0:$SHLVL\"; pwd";
    Command hostile = hostile(prints);
    Command forBash = hostile(prints + "; hook; echo \"$SHELLOPTS $BASHOPTS\"").inDefaultShell();
    List<Command> commands =
        List.of(
            limited(hostile),
            limited(hostile.runAs("daemon")),
            limited(forBash),
            limited(forBash.runAs("daemon")));

    try (HostConnection connection = shells.open(host(sh, "/usr/bin:/bin"))) {
      List<CommandResult> answers = answers(connection, commands);
      assertThat(answers)
          .hasSize(8)
          .allSatisfy(
              result ->
                  assertThat(result.stdout())
                      .startsWith(
                          "/o:/h:/usr:/no/such:%s:libc.so.6:it's $0\n\\:7\n/\n".formatted(dir)));
      for (int i : new int[] {2, 3, 6, 7}) {
        assertThat(answers.get(i).stdout()).contains("\nhooked\n", "xtrace", "nullglob");
        assertThat(answers.get(i).stderr())
            .contains("trace: hook")
            .doesNotContain("unset", "/start");
      }
    }
  }

  @Test
  void opensShellsWhateverTheLoginsEnvironment() throws Exception {
    Command who = limited(Command.shell("id -un; pwd; echo $PATH; command -v id"));
    String[] login = {
      "env",
      "BASH_FUNC_id%%=() { echo hijacked; }",
      "BASH_FUNC_cd%%=() { echo hijacked; }",
      "BASH_FUNC_umask%%=() { echo hijacked; }",
      "SHELLOPTS=errexit:nounset:noglob",
      "IFS=/n",
      "CDPATH=/usr",
      "HOME=/no/such",
      "POSIXLY_CORRECT=1"
    };
    String searchPath = Target.of("here", shells.scheduler).searchPath();
    for (String sh : List.of("dash", "bash", "busybox")) {
      try (HostConnection connection = shells.open(host(sh, dir.toString(), login))) {
        assertThat(connection.remarks()).isEmpty();
        assertThat(answers(connection, List.of(who)))
            .allSatisfy(
                result ->
                    assertThat(result.stdout())
                        .isEqualTo(
                            "root\n%s\n%s\n/usr/bin/id\n"
                                .formatted(System.getProperty("user.home"), searchPath)));
      }
    }
    assertThat(dir.resolve("ran")).doesNotExist();
  }

  @Test
  void opensThisMachineWhateverTheEnvironmentOfTheApplication() throws Exception {
    String noSetsid =
        "mount --bind /dev/null /usr/bin/setsid && exec /bin/sh -c " + quote(Local.START);
    List<String> hidden = new ArrayList<>(List.of("env", "LD_LIBRARY_PATH=/no/such"));
    hidden.addAll(List.of(Shells.inHome(home, noSetsid)));
    for (List<String> argv :
        List.of(List.of("env", "-i", "PATH=" + dir, "/bin/sh", "-c", Local.START), hidden)) {
      try (HostConnection connection =
          shells.open(Transport.throughShell(argv.toArray(String[]::new)))) {
        assertThat(connection.capabilities().contains("setsid")).isEqualTo(argv != hidden);
        assertThat(connection.remarks()).isEmpty();
        assertThat(answers(connection, List.of(limited(Command.of("echo", "hi")))))
            .allSatisfy(result -> assertThat(result.stdout()).isEqualTo("hi\n"));
      }
    }
    assertThat(dir.resolve("ran")).doesNotExist();
  }
}
