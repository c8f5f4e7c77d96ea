package dev.fluke.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.cli.Shell.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands report broken manifests, and never that everything is as declared. */
class BrokenManifestsTest {
  private static final String ERROR =
      "greeting.fluke.yaml:11:9: task 'greeting': unknown step kind 'shel'; did you mean 'shell'?";

  @TempDir Path dir;
  private Path manifest;

  @BeforeEach
  void init() throws Exception {
    assertThat(Shell.in(dir).fluke("init").status()).isZero();
    manifest = dir.resolve("manifests/greeting.fluke.yaml");
    Path config = dir.resolve("fluke.yaml");
    Files.writeString(config, Files.readString(config) + "http: { socket: fluke.sock }\n");
  }

  private void breakIt() throws Exception {
    Files.writeString(manifest, Files.readString(manifest).replace("- shell:", "- shel:"));
  }

  @Test
  void failsAStandalonePlan() throws Exception {
    breakIt();

    Ended plan = Shell.in(dir).fluke("plan", "--standalone");

    assertThat(plan.status()).as(plan.out()).isEqualTo(65);
    assertThat(plan.out()).contains("note: ", ERROR, "; this is revision none\n");
    Ended run = Shell.in(dir).fluke("reconcile", "all", "--standalone");
    assertThat(run.status()).as(run.out()).isEqualTo(65);
    assertThat(run.out()).contains(ERROR);
    assertThat(dir.resolve("hello.txt")).doesNotExist();
  }

  @Test
  void failsAPlanIfTheRepositoryIsUnavailable() throws Exception {
    PrivateFile.write(
        dir.resolve("fluke.yaml"),
        """
        git: { url: "%s", mirror: mirror }
        agents: { here: { local: {} } }
        """
            .formatted(dir.resolve("nothing").toUri()));

    Ended plan = Shell.in(dir).fluke("plan", "--standalone");

    assertThat(plan.status()).as(plan.out() + plan.err()).isEqualTo(3);
    assertThat(plan.out())
        .containsPattern("note: the source .* is unavailable: .*; this is revision none");
  }

  @Test
  @Tag("slow")
  void reportsThatTheLastGoodRevisionIsKept() throws Exception {
    try (Program daemon = Program.daemon(dir, Map.of())) {
      daemon.awaitLog("drift_remediated agent=here task=greeting");
      Shell shell = Shell.in(dir).with("FLUKE_SERVER", daemon.url());
      assertThat(shell.fluke("get", "drift").out())
          .isEqualTo("no drift: every checked task is as declared\n");
      breakIt();

      Ended run = shell.fluke("reconcile", "all", "--wait");

      assertThat(run.status()).as(run.out()).isZero();
      assertThat(run.out()).contains("IN_SYNC").contains(ERROR, "; this is revision files-");
      for (String listed : new String[] {"drift", "agents"}) {
        Ended ended = shell.fluke("get", listed);
        assertThat(ended.status()).isZero();
        assertThat(ended.out())
            .contains("note: " + dir.resolve("manifests") + ": revision files-", "is refused\n")
            .contains("note: " + ERROR);
      }
    }
  }

  @Test
  @Tag("slow")
  void failsCommandsIfThereIsNoGoodRevision() throws Exception {
    breakIt();
    try (Program daemon = Program.daemon(dir, Map.of())) {
      daemon.awaitLog("source_broken");
      Shell shell = Shell.in(dir).with("FLUKE_SERVER", daemon.url());

      for (String command : new String[] {"plan", "reconcile all --wait", "get drift"}) {
        Ended ended = shell.fluke(command.split(" "));
        assertThat(ended.status()).as(command).isEqualTo(65);
        assertThat(ended.out()).as(command).contains(ERROR).doesNotContain("is as declared");
      }
    }
  }

  /** Without the rights by which root reads everything. */
  private Ended unprivileged(String line) throws Exception {
    return Program.shell(
        dir, Map.of(), "setpriv --bounding-set=-dac_override,-dac_read_search " + line);
  }

  @Test
  @Tag("slow")
  void failsIfADirectoryCantBeRead() throws Exception {
    Program.sh(dir, "mkdir manifests/closed; chmod 000 manifests/closed");

    Ended validate = unprivileged("fluke validate");
    Ended plan = unprivileged("fluke plan --standalone");

    assertThat(validate.status()).as(validate.out()).isEqualTo(65);
    assertThat(validate.out()).contains("closed");
    assertThat(plan.status()).as(plan.out()).isEqualTo(3);
    assertThat(plan.out()).contains("is unavailable: ", "closed");
  }

  @Test
  void notesADirectoryWithoutManifests() throws Exception {
    Files.move(manifest, dir.resolve("manifests/greeting.yaml"));

    Ended validate = Shell.in(dir).fluke("validate");
    assertThat(validate.status()).isZero();
    assertThat(validate.err()).contains("note: manifests: no file matches ");
    assertThat(Shell.in(dir).fluke("plan", "--standalone").out())
        .contains("note: scope 'all' matches nothing");
  }

  @Test
  @Tag("slow")
  void removesTheLastTaskOnlyIfAllowed() throws Exception {
    for (boolean allowed : new boolean[] {false, true}) {
      Path config = dir.resolve("fluke.yaml");
      String declared = Files.readString(manifest);
      if (allowed) {
        Files.writeString(config, Files.readString(config) + "allow_empty: true\n");
      }
      try (Program daemon = Program.daemon(dir, Map.of())) {
        daemon.awaitLog("revision_adopted");
        Files.writeString(manifest, "tasks: {}\n");

        Ended plan = Shell.in(dir).with("FLUKE_SERVER", daemon.url()).fluke("plan");

        assertThat(plan.out().contains("greeting")).as(plan.out()).isEqualTo(!allowed);
        assertThat(plan.out().contains("set allow_empty in a config")).isEqualTo(!allowed);
      }
      Files.writeString(manifest, declared);
    }
  }
}
