package dev.fluke.source.git;

import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.CommandResult;
import dev.fluke.event.Event;
import dev.fluke.manifest.DriftCause;
import dev.fluke.report.CycleReport;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the fleet makes of a real repository as commits, and faults of its own, come one by one. */
class GitCommitTest {
  private final FlukeKit kit = FlukeKit.create();
  private @TempDir Path dir;
  private GitRepo repo;
  private FakeHost web;

  @BeforeEach
  void create() {
    repo = GitRepo.in(dir);
    web = kit.agent("web-01", Map.of("role", "web"));
    kit.configure(builder -> builder.kind(new PairKind()))
        .source(GitSource.at(repo.url()).mirror(dir.resolve("kept")));
  }

  @AfterEach
  void close() {
    kit.close();
  }

  private String push(String message, String task) {
    return repo.push(message, Map.of(task + ".fluke.yaml", PairKind.file(task)));
  }

  private List<String> told(String type) {
    return kit.events().stream()
        .filter(event -> event.type().equals(type))
        .map(Event::toJson)
        .toList();
  }

  private String enforced() {
    return kit.reconciler().status().source().revision().orElse("none");
  }

  @Tag("R2")
  @Test
  void aTaskThatACommitAddsWasNeverApplied() {
    web.pair("check a", "fix a").healthy();
    web.pair("check b", "fix b").broken();
    push("One", "a");
    kit.cycle();
    push("Two", "b");

    CycleReport report = kit.cycle();

    assertThat(report.task("a").on("web-01")).isInSync();
    assertThat(report.task("b").on("web-01")).isRemediated().hasCause(DriftCause.NEVER_APPLIED);
  }

  @Tag("R6")
  @Tag("E2")
  @Test
  void aCommitThatChangesWhatShouldBeIsTheCauseThoughTheHostChangedToo() {
    var before = web.pair("check a", "fix a").healthy();
    web.pair("check other", "fix a").broken();
    push("One", "a");
    kit.cycle();
    before.broken();
    repo.push(
        "Two",
        Map.of("a.fluke.yaml", PairKind.file("a").replace("check: check a", "check: check other")));

    assertThat(kit.cycle().task("a").on("web-01")).hasCause(DriftCause.DESIRED_CHANGED);
  }

  @Tag("E4")
  @Test
  void aCommitThatChangesATaskLetsItBeTriedAtOnceAfterAFailure() {
    web.pair("check a", "fix a").broken().applyFails(9);
    web.pair("check a", "mend a").broken();
    push("One", "a");
    assertThat(kit.cycle().task("a").on("web-01")).isFailed();
    assertThat(kit.cycle().task("a").on("web-01")).isDrifted().hasReasonContaining("held");
    repo.push(
        "Two",
        Map.of("a.fluke.yaml", PairKind.file("a").replace("command: fix a", "command: mend a")));

    assertThat(kit.cycle().task("a").on("web-01")).hasCause(DriftCause.DESIRED_CHANGED);

    assertThat(web).ran("mend a").once();
  }

  @Tag("E6")
  @Test
  void aCommitThatChangesThePolicyAloneCountsAtOnce() {
    web.pair("check a", "fix a").broken();
    String held =
        PairKind.file("a").replace("    steps:", "    drift: { policy: alert_only }\n    steps:");
    repo.push("One", Map.of("a.fluke.yaml", held));
    assertThat(kit.cycle().task("a").on("web-01")).isDrifted();
    assertThat(web).ran("fix a").never();
    push("Two", "a");

    assertThat(kit.cycle().task("a").on("web-01")).isRemediated();
  }

  @Tag("G02")
  @Tag("E28")
  @Test
  void aForcePushToAnOlderCommitIsEnforcedAndToldWithBoth() {
    web.pair("check a", "fix a").healthy();
    web.pair("check b", "fix b").healthy();
    String first = push("One", "a");
    String second = push("Two", "b");
    kit.cycle();
    repo.git("reset", "-q", "--hard", first);
    repo.git("push", "-q", "-f", "origin", "HEAD");

    assertThat(kit.cycle().tasks()).extracting(task -> task.task()).containsExactly("a");

    assertThat(enforced()).isEqualTo(first);
    assertThat(told("revision_adopted").get(1))
        .contains("\"revision\":\"" + first, "history was rewritten: " + second);
  }

  @Tag("G14")
  @Test
  void aCommitDuringACycleCountsFromTheNextOneOn() {
    var a = web.pair("check a", "fix a").broken();
    web.pair("check b", "fix b").broken();
    push("One", "a");
    String first = push("Two", "b");
    web.answer(
        "fix a",
        command -> {
          a.healthy();
          repo.push("Three", Map.of("readme", "x"));
          kit.reconciler().pollNow();
          kit.time().yieldToOthers();
          return CommandResult.exited(0);
        });

    CycleReport report = kit.cycle();

    assertThat(report.task("b").on("web-01")).isRemediated();
    assertThat(report.tasks()).extracting(task -> task.revision()).containsOnly(first);
    assertThat(enforced()).isNotEqualTo(first);
    assertThat(kit.cycle().task("b").on("web-01").revision()).isEqualTo(enforced());
  }

  @Tag("M07")
  @Test
  void allErrorsOfACommitAreInOneEvent() {
    repo.push(
        "Broken",
        Map.of(
            "a.fluke.yaml", PairKind.file("a").replace("check:", "chek:"),
            "b.fluke.yaml", "tusks: {}\nlocals: []\n",
            "c.fluke.yaml", "tasks: { c: { steps: [], drift: x } }"));

    kit.cycle();

    assertThat(told("source_broken")).hasSize(1);
    assertThat(kit.reconciler().status().source().errors())
        .hasSize(7)
        .isSorted()
        .allMatch(error -> told("source_broken").get(0).contains(error.substring(0, 20)));
  }

  @Tag("M12")
  @Test
  void aCommitAfterWhichNoFileMatchesIsNotObeyed() {
    web.pair("check a", "fix a").broken();
    String good = push("One", "a");
    kit.cycle();
    repo.git("mv", "a.fluke.yaml", "a.yaml");
    repo.push("Two", Map.of());
    for (int i = 0; i < 3; i++) {
      web.pair("check a", "fix a").broken();
      assertThat(kit.cycle().task("a").on("web-01")).isRemediated();
    }

    assertThat(enforced()).isEqualTo(good);
    assertThat(told("source_emptied")).singleElement().asString().contains("allowEmpty()");
  }

  @Tag("G01")
  @Test
  void aStaleLockCostsOnePollOfTheNewCommitAndNothingOfTheOldOne() throws Exception {
    web.pair("check a", "fix a").healthy();
    web.pair("check b", "fix b").broken();
    String first = push("One", "a");
    kit.start().runFor(Duration.ofSeconds(10));
    java.nio.file.Files.createFile(dir.resolve("kept/mirror.git/refs/fluke/tip.lock"));
    String second = push("Two", "b");
    web.pair("check a", "fix a").broken();

    kit.runFor(Duration.ofSeconds(60));
    assertThat(enforced()).isEqualTo(first);
    assertThat(web).ran("fix a").once();
    kit.runFor(Duration.ofSeconds(60));

    assertThat(enforced()).isEqualTo(second);
    assertThat(web).ran("fix b").once();
    assertThat(told("source_unreachable")).hasSize(1);
    assertThat(told("source_recovered")).hasSize(1);
  }

  @Tag("G03")
  @Test
  void aBranchThatGoesLeavesEveryTaskEnforcedAndIsToldOnce() {
    web.pair("check a", "fix a").healthy();
    String first = push("One", "a");
    kit.start().runFor(Duration.ofSeconds(10));
    GitRepo.run(repo.bare, "branch", "-D", "main");
    kit.runFor(Duration.ofMinutes(10));
    web.pair("check a", "fix a").broken();
    kit.runFor(Duration.ofMinutes(1));

    assertThat(web).ran("fix a").once();
    assertThat(told("source_unreachable")).hasSize(1);
    assertThat(kit.reconciler().status().source().lastError())
        .isEqualTo("unavailable: branch 'main' does not exist; the repository has no branch yet");
    assertThat(enforced()).isEqualTo(first);
    String second = repo.push("Two", Map.of("readme", "x"));
    kit.runFor(Duration.ofSeconds(61));
    assertThat(told("source_recovered")).hasSize(1);
    assertThat(enforced()).isEqualTo(second);
  }

  @Tag("G04")
  @Test
  void anEmptyRepositoryIsNoWorkUntilItsFirstCommit() {
    web.pair("check a", "fix a").broken();
    kit.start().runFor(Duration.ofMinutes(5));

    assertThat(web.asked()).isEmpty();
    assertThat(told("source_unreachable")).hasSize(1);
    assertThat(kit.reconciler().status().source().lastError())
        .contains("the repository has no branch yet");
    push("One", "a");
    kit.runFor(Duration.ofSeconds(61));
    assertThat(web).ran("fix a").once();
  }
}
