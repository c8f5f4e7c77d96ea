package dev.fluke.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Java knows neither home nor name of the user, as for a number that is not in /etc/passwd. */
@Tag("slow")
class UnknownHomeTest {
  @RegisterExtension static final Lab lab = new Lab();
  private @TempDir Path dir;

  /** The working directory has files that a relative home would lead to. */
  @ParameterizedTest
  @ValueSource(strings = {"?", "home"})
  void trustsNothingInTheWorkingDirectory(String home) throws Exception {
    SshServer server = lab.server();
    Path trap = Files.createDirectories(dir.resolve(home).resolve(".ssh"));
    Files.copy(server.knownHosts(), trap.resolve("known_hosts"));
    Files.copy(server.key(), trap.resolve("id_ed25519"));
    ProcessBuilder program =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Duser.home=" + home,
            "-Duser.name=" + (home.equals("home") ? "" : home),
            "-cp",
            absolute(System.getProperty("java.class.path")),
            UnknownHomeProgram.class.getName(),
            Integer.toString(server.ssh().options().endpoint().port()),
            server.ssh().options().login().user(),
            server.key().toAbsolutePath().toString(),
            server.knownHosts().toAbsolutePath().toString());
    program.environment().keySet().removeAll(List.of("HOME", "SSH_AUTH_SOCK"));
    Process process = program.directory(dir.toFile()).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertThat(process.waitFor()).as(printed).isZero();
    String unknown = "the home directory is unknown: neither user.home nor $HOME is";
    assertThat(printed.lines().filter(line -> !line.contains("SLF4J")).toList())
        .satisfiesExactly(
            config -> assertThat(config).startsWith("config: IllegalArg").contains(unknown),
            name -> assertThat(name).contains("no name here", "user(..)"),
            trust ->
                assertThat(trust)
                    .startsWith("trust: UnreachableException: host key: ")
                    .contains(unknown, "name key(..) and knownHosts(..)"),
            acceptNew ->
                assertThat(acceptNew).startsWith("new: UnreachableException: ").contains(unknown),
            named -> assertThat(named).isEqualTo("named: connected"));
  }

  private static String absolute(String classPath) {
    return String.join(
        ":",
        List.of(classPath.split(":", -1)).stream()
            .map(p -> Path.of(p).toAbsolutePath().toString())
            .toList());
  }
}
