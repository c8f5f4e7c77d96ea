package dev.fluke.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.cli.PrivateFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidationReportTest {
  private static final String TASK =
      "tasks: { %s: { selector: { all: true }, steps: [ { shell: s, check: a, command: b } ] } }\n";

  @TempDir Path dir;
  private final CapturedTerminal captured = CapturedTerminal.create();
  private final ValidationReport report = new ValidationReport(captured.terminal());

  @Test
  void countsNothing() {
    assertThat(report.print()).isZero();
    assertThat(captured.out()).isEqualTo("valid: 0 tasks\n");
  }

  @Test
  void countsATaskOnce() throws Exception {
    Path file = Files.writeString(dir.resolve("a.fluke.yaml"), TASK.formatted("web"));
    report.addManifests("dir", dir);
    report.addManifests("a.fluke.yaml", file);

    assertThat(report.print()).isZero();
    assertThat(captured.out()).isEqualTo("valid: 1 task\n");
  }

  @Test
  void showsPathsAsTheUserNamedThem() throws Exception {
    Files.writeString(dir.resolve("a.fluke.yaml"), "tasks: []\n");
    report.addManifests("some/where/", dir);
    report.addManifests("./a.fluke.yaml", dir.resolve("a.fluke.yaml"));

    assertThat(report.print()).isEqualTo(65);
    assertThat(captured.out().lines())
        .hasSize(2)
        .anyMatch(line -> line.startsWith("some/where/a.fluke.yaml:1:8: "))
        .anyMatch(line -> line.startsWith("./a.fluke.yaml:1:8: "));
    assertThat(captured.err()).isEqualTo("fluke: 2 errors\n");
  }

  @Test
  void printsAnErrorOnce() {
    report.problem("a.yaml: wrong");
    report.problem("a.yaml: wrong");

    assertThat(report.print()).isEqualTo(65);
    assertThat(captured.out()).isEqualTo("a.yaml: wrong\n");
    assertThat(captured.err()).isEqualTo("fluke: 1 error\n");
  }

  @Test
  void followsNoLinkOutOfTheDirectory() throws Exception {
    Path manifests = Files.createDirectory(dir.resolve("manifests"));
    Path outside = Files.writeString(dir.resolve("outside"), "canary").toRealPath();
    Files.createSymbolicLink(manifests.resolve("motd"), outside);
    Path file =
        Files.writeString(
            manifests.resolve("a.fluke.yaml"),
            "tasks: { a: { selector: { all: true }, steps: [ { file: m, path: /m, source: motd } ] } }\n");
    report.addManifests("manifests", manifests);
    report.addManifests("a.fluke.yaml", file);

    assertThat(report.print()).isEqualTo(65);
    assertThat(captured.out().lines())
        .hasSize(2)
        .allMatch(
            line ->
                line.endsWith(
                    "file 'motd' is a link that leads out of the directory, to " + outside));
  }

  @Test
  void countsAgentsOfAConfig() throws Exception {
    Files.createDirectory(dir.resolve("m"));
    Files.writeString(dir.resolve("m/a.fluke.yaml"), TASK.formatted("web"));
    Path config =
        PrivateFile.write(
            dir.resolve("fluke.yaml"), "directory: m\nagents: { here: { local: {} } }\n");
    report.addConfig("fluke.yaml", config);

    assertThat(report.print()).isZero();
    assertThat(captured.out()).isEqualTo("valid: 1 task, 1 agent\n");
  }
}
