package dev.fluke.examples;

import static dev.fluke.agent.Selector.everyAgent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.command.Secret;
import dev.fluke.examples.demo.SshServer;
import dev.fluke.executor.Executor;
import dev.fluke.file.ManagedFile;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Step;
import dev.fluke.manifest.Task;
import dev.fluke.mise.Mise;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.report.Plan;
import dev.fluke.report.Plan.PlannedStep;
import dev.fluke.report.Plan.Verdict;
import dev.fluke.request.Scope;
import dev.fluke.shell.Shell;
import dev.fluke.testkit.ExecutorContract;
import dev.fluke.transport.Local;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
  void keepsTheContractForFilesOfAnySize() {
    byte[] bytes = new byte[1_500_000];
    new Random(2).nextBytes(bytes);
    Path file = dir.resolve("a/file");

    keepsTheContract(ManagedFile.at(file.toString()).content(bytes).mode("0600").parents());

    assertThat(file).hasBinaryContent(bytes);
  }

  @Tag("R27")
  @Test
  void keepsTheContractForASecretFile() throws Exception {
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
  void keepsTheContractForTwoCommands() {
    keepsTheContract(
        Shell.check("test \"$(cat f)\" = \"$WANT\"")
            .command("printf %s \"$WANT\" >f")
            .in(dir.toString())
            .env("WANT", "it's \"quoted\" $HOME\n…"));
  }

  @Tag("R27")
  @Tag("R28")
  @Test
  void keepsTheContractForTasksOfMise() throws Exception {
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

  private static Task checked(int number, String check) {
    Step step = Step.named("s", Shell.check(check).command("true"));
    return Task.named("task-" + number)
        .on(everyAgent())
        .step(step.checkTimeout(Duration.ofSeconds(check.contains("sleep") ? 1 : 20)))
        .build();
  }

  /** Each of these checks comes to the same here and there; what it comes to there. */
  private List<PlannedStep> sameHereAndThere(List<String> checks) {
    List<Task> tasks =
        IntStream.range(0, checks.size()).mapToObj(i -> checked(i, checks.get(i))).toList();
    try (Reconciler reconciler =
        Reconciler.builder()
            .agent(Agent.named("here", Local.machine()))
            .agent(Agent.named("there", server.ssh()))
            .manifest(Manifest.of(tasks.toArray(Task[]::new)))
            .build()) {
      Plan plan = reconciler.plan(Scope.all());
      List<PlannedStep> there = new ArrayList<>();
      for (int i = 0; i < checks.size(); i++) {
        there.add(plan.task("task-" + i, "there").steps().get(0));
        PlannedStep here = plan.task("task-" + i, "here").steps().get(0);
        assertThat(there.get(i)).as(checks.get(i)).isEqualTo(here);
      }
      return there;
    }
  }

  @Tag("X01")
  @Test
  void reportsStatusSignalAndLimitAsLocally() {
    Map<String, Verdict> meanings = new LinkedHashMap<>();
    meanings.put("exit 0", Verdict.IN_SYNC);
    meanings.put("echo trouble >&2", Verdict.IN_SYNC);
    for (int status : new int[] {1, 2, 3, 100, 125, 126, 127, 128, 193, 255}) {
      meanings.put("exit " + status, Verdict.WOULD_BE_APPLIED);
    }
    for (int status : new int[] {75, 129, 137, 143, 192}) {
      meanings.put("exit " + status, Verdict.UNKNOWN);
    }
    for (String check : List.of("kill -KILL $$", "kill -TERM $$", "exec sleep 3659")) {
      meanings.put(check, Verdict.UNKNOWN);
    }

    assertThat(sameHereAndThere(List.copyOf(meanings.keySet())))
        .extracting(PlannedStep::verdict)
        .containsExactlyElementsOf(meanings.values());
  }

  @Tag("X02")
  @Test
  void endsACheckThatReadsInput() {
    List<String> asking =
        List.of(
            "cat; exit 3",
            "read answer </dev/tty; exit 3",
            "printf 'sure? '; read answer; exit 3",
            "git --paginate help -a; exit 3");

    assertThat(sameHereAndThere(asking))
        .allSatisfy(step -> assertThat(step.differences().toString()).contains("exit status 3"));
  }
}
