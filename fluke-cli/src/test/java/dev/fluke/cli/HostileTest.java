package dev.fluke.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.text.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hostile output and names are shown escaped and have no effect. */
@Tag("slow")
class HostileTest {
  /** Colours, a link, the clipboard, a carriage return, a mark that turns text, a forged line. */
  private static final String PRINTED =
      "\\033[31mred\\033]8;;http://evil\\007link\\033]52;c;eA==\\007\\rover\\342\\200\\256turned"
          + "\\nERROR forged log line<b>${jndi:ldap://x}\\377";

  @TempDir Path dir;

  @BeforeEach
  void configure() throws Exception {
    Files.createDirectory(dir.resolve("manifests"));
    PrivateFile.write(
        dir.resolve("fluke.yaml"),
        """
        directory: manifests
        agents: { here: { local: {} } }
        http: { socket: fluke.sock }
        """);
    Files.writeString(
        dir.resolve("manifests/a.fluke.yaml"),
        """
        tasks:
          hostile:
            selector: { all: true }
            steps:
              - shell: step
                check: printf '%1$s' >&2; exit 1
                command: printf '%1$s' >&2; exit 3
        """
            .formatted(PRINTED));
  }

  private static void isHarmless(String shown) {
    assertThat(shown)
        .doesNotContain("\u001b", "\u0007", "\r", "\u202e", "\u0000")
        .doesNotContainPattern("(?m)^ERROR");
    assertThat(shown.chars().filter(c -> c < ' ' && c != '\n')).isEmpty();
  }

  @Tag("Z05")
  @Test
  void escapesOutputOfHosts() throws Exception {
    try (Program daemon = Program.daemon(dir, Map.of())) {
      daemon.awaitLog("outcome=failure");
      Shell shell = Shell.in(dir);
      daemon.client().forEach(shell::with);

      for (String format : List.of("table", "json", "yaml")) {
        isHarmless(shell.fluke("get", "drift", "-o", format).out());
        isHarmless(shell.fluke("get", "events", "-o", format).out());
        isHarmless(shell.fluke("plan", "-o", format).out());
        isHarmless(shell.fluke("reconcile", "all", "--wait", "-o", format).out());
        isHarmless(shell.fluke("describe", "agent", "here", "-o", format).out());
      }
      assertThat(shell.fluke("get", "drift").out()).contains("\\u001b[31mred", "forged log line");
      isHarmless(daemon.log());
      assertThat(daemon.log().lines()).allMatch(line -> line.matches("\\d{4}-\\d\\d-.*"));
    }
  }

  @Tag("Z06")
  @Test
  void rejectsOrEscapesHostileNames() throws Exception {
    try (Program daemon = Program.daemon(dir, Map.of())) {
      Shell shell = Shell.in(dir);
      daemon.client().forEach(shell::with);
      List<String> names = HostileNames.all();
      assertThat(names).hasSizeGreaterThanOrEqualTo(500).doesNotHaveDuplicates();
      for (String name : names) {
        for (String what : List.of("agent", "task")) {
          Shell.Ended ended = shell.fluke("describe", what, "--", name);
          assertThat(ended.status()).as(name).isEqualTo(64);
          isHarmless(ended.err());
          Shell.Ended run = shell.fluke("reconcile", "--wait", "--", what, name);
          assertThat(run.status()).as(name).isEqualTo(64);
          isHarmless(run.err());
        }
        isHarmless(shell.fluke("get", "events", "--agent=" + name).err());
      }
      isHarmless(daemon.log());
      assertThat(shell.fluke("get", "agents").status()).isZero();
    }
  }

  @Tag("Z06")
  @Test
  void rejectsOrEscapesHostileNamesInAConfig() throws Exception {
    Shell shell = Shell.in(dir);
    int refused = 0;
    for (String name : HostileNames.all()) {
      String quoted = Json.write(name);
      PrivateFile.write(
          dir.resolve("fluke.yaml"),
          "directory: manifests\nagents: { %1$s: { local: {}, labels: { %1$s: %1$s } } }\n"
              .formatted(quoted));
      Files.writeString(
          dir.resolve("manifests/a.fluke.yaml"),
          "tasks: { %1$s: { selector: { all: true }, steps: [ { shell: %1$s, check: a, command: b } ] } }\n"
              .formatted(quoted));
      Shell.Ended ended = shell.fluke("validate");
      assertThat(ended.status()).as(name).isIn(0, 65);
      refused += ended.status() == 65 ? 1 : 0;
      isHarmless(ended.out() + ended.err());
    }
    assertThat(refused).isGreaterThan(450);
  }
}
