package dev.fluke.examples;

import static dev.fluke.agent.Selector.everyAgent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.command.Secret;
import dev.fluke.examples.demo.SshServer;
import dev.fluke.executor.Executor;
import dev.fluke.file.ManagedFile;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.mise.Mise;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.reconcile.Scope;
import dev.fluke.report.Plan;
import dev.fluke.report.Plan.Verdict;
import dev.fluke.shell.Shell;
import dev.fluke.testkit.ExecutorContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What comes with Fluke does over SSH what it does here. */
class ExecutorsOverSshTest {
  @TempDir Path dir;
  @TempDir Path keys;
  private SshServer server;

  @BeforeEach
  void start() throws Exception {
    server = SshServer.start(keys);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void keepsTheContract(Executor executor) {
    ExecutorContract.of(executor, server.ssh()).files(dir).verify();
  }

  @Tag("R27")
  @Test
  void aFileOfAnySizeKeepsTheContract() {
    byte[] bytes = new byte[1_500_000];
    new Random(2).nextBytes(bytes);
    Path file = dir.resolve("a/file");

    keepsTheContract(ManagedFile.at(file.toString()).content(bytes).mode("0600").parents());

    assertThat(file).hasBinaryContent(bytes);
  }

  @Tag("R27")
  @Test
  void aSecretFileOfAnotherUserKeepsTheContract() throws Exception {
    Path home = Files.createDirectory(dir.resolve("of-nobody"));
    Files.setAttribute(home, "unix:uid", 65_534);
    Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path file = home.resolve("file");

    keepsTheContract(
        ManagedFile.at(file.toString()).content(Secret.of("canary-over-ssh\n")).runAs("nobody"));

    assertThat(Files.getOwner(file).getName()).isEqualTo("nobody");
  }

  @Tag("R27")
  @Tag("R28")
  @Test
  void twoCommandsKeepTheContract() {
    keepsTheContract(
        Shell.check("test \"$(cat f)\" = \"$WANT\"")
            .command("printf %s \"$WANT\" >f")
            .in(dir.toString())
            .env("WANT", "it's \"quoted\" $HOME\n…"));
  }

  @Tag("R27")
  @Tag("R28")
  @Test
  void tasksOfMiseKeepTheContract() throws Exception {
    String home = System.getenv().getOrDefault("HOME", System.getProperty("user.home"));
    String usual = home + "/.cache/fluke/mise-2026.9.15/mise"; // as scripts/lib/setup.sh has it
    Path mise = Path.of(System.getenv().getOrDefault("FLUKE_MISE", usual));
    assertThat(mise).as("mise, which scripts/test installs; or set FLUKE_MISE").isExecutable();
    Files.writeString(
        dir.resolve("mise.toml"),
        "[tasks.check]\nrun = 'test -e made'\n[tasks.apply]\nrun = 'touch made'\n");

    keepsTheContract(
        Mise.in(dir.toString()).trusted().env("PATH", mise.getParent() + ":/usr/bin:/bin"));
  }

  @Tag("X01")
  @ParameterizedTest
  @CsvSource({
    "0, IN_SYNC",
    "1, WOULD_BE_APPLIED",
    "2, WOULD_BE_APPLIED",
    "75, UNKNOWN",
    "100, WOULD_BE_APPLIED",
    "126, WOULD_BE_APPLIED",
    "127, WOULD_BE_APPLIED",
    "128, WOULD_BE_APPLIED",
    "129, UNKNOWN",
    "137, UNKNOWN",
    "192, UNKNOWN",
    "193, WOULD_BE_APPLIED",
    "255, WOULD_BE_APPLIED"
  })
  void aStatusMeansWhatItMeansHere(int status, Verdict verdict) {
    Task task =
        Task.named("status")
            .on(everyAgent())
            .step("exit", Shell.check("exit " + status).command("true"))
            .build();
    try (Reconciler reconciler =
        Reconciler.builder()
            .agent(Agent.named("host", server.ssh()))
            .manifest(Manifest.of(task))
            .build()) {
      Plan plan = reconciler.plan(Scope.all());

      assertThat(plan.task("status", "host").steps().get(0).verdict()).isEqualTo(verdict);
    }
  }
}
