package dev.fluke.mise;

import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.onhost.ConnectedHost;
import dev.fluke.onhost.OneStep;
import dev.fluke.report.Plan.PlannedStep;
import dev.fluke.report.Plan.Verdict;
import dev.fluke.testkit.ExecutorContract;
import dev.fluke.transport.Local;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tasks in a working copy that is cloned and moved forward, by a real Git. */
@Tag("slow")
class MiseGitTest {
  private static final String TASKS =
      "[tasks.check]\nrun = 'cmp -s wanted state'\n[tasks.apply]\nrun = 'cp wanted state'\n";

  @TempDir Path temp;
  private MiseOnHost host;
  private Path origin;
  private Path dir;
  private String first;

  @BeforeEach
  void prepare() throws Exception {
    host = MiseOnHost.in(temp);
    origin = Files.createDirectory(temp.resolve("origin"));
    dir = temp.resolve("opt/it's an app");
    host.git(origin, "init", "-q");
    Files.writeString(origin.resolve(".gitignore"), "state\n");
    Files.writeString(origin.resolve("mise.toml"), TASKS);
    host.git(origin, "add", "--all");
    first = host.commit(origin, "wanted", "one");
  }

  private Mise tasks() {
    return host.with(Mise.in(dir.toString()).git("file://" + origin).trusted());
  }

  private void cloned() throws Exception {
    host.git(temp, "clone", "-q", "file://" + origin, dir.toString());
  }

  private String head() throws Exception {
    return host.git(dir, "rev-parse", "HEAD");
  }

  private static PlannedStep check(Mise mise) {
    return OneStep.of(mise).check();
  }

  private static String unknown(Mise mise) {
    PlannedStep step = check(mise);
    assertThat(step.verdict()).as(step.toString()).isEqualTo(Verdict.UNKNOWN);
    return step.message();
  }

  /** How a working copy may be found. */
  private enum Start {
    MISSING,
    EMPTY,
    BEHIND,
    NOT_APPLIED,
    DIRTY,
    STAGED,
    OTHER_ORIGIN,
    NO_ORIGIN,
    DIVERGED,
    MERGING,
    DETACHED
  }

  private void make(Start start) throws Exception {
    if (start == Start.EMPTY) {
      Files.createDirectories(dir);
    } else if (start != Start.MISSING) {
      cloned();
      Files.writeString(dir.resolve("untracked"), "kept");
    }
    switch (start) {
      case MISSING, EMPTY, NOT_APPLIED -> {}
      case BEHIND -> host.commit(origin, "wanted", "two");
      case DIRTY -> Files.writeString(dir.resolve("wanted"), "by hand");
      case STAGED -> {
        Files.writeString(dir.resolve("wanted"), "by hand");
        host.git(dir, "add", "wanted");
      }
      case OTHER_ORIGIN -> host.git(dir, "remote", "set-url", "origin", "https://u:p@other.test/");
      case NO_ORIGIN -> host.git(dir, "remote", "remove", "origin");
      case DIVERGED -> {
        host.commit(dir, "wanted", "by hand");
        host.commit(origin, "wanted", "two");
      }
      case MERGING -> {
        host.commit(dir, "wanted", "by hand");
        host.commit(origin, "wanted", "two");
        host.git(dir, "fetch", "-q");
        host.run(dir, "sh", "-c", "git merge origin/main || :");
      }
      case DETACHED -> {
        host.git(dir, "checkout", "-q", "--detach");
        host.commit(origin, "wanted", "two");
      }
    }
  }

  @Tag("R27")
  @Tag("R31")
  @ParameterizedTest
  @EnumSource
  void keepsTheContract(Start start) throws Exception {
    make(start);
    boolean mine = start.compareTo(Start.DIRTY) >= 0 && start != Start.DETACHED;

    ExecutorContract.of(mine ? tasks().discardLocalChanges() : tasks(), Local.machine())
        .files(temp.resolve("opt"))
        .verify();

    assertThat(head()).isEqualTo(host.git(origin, "rev-parse", "HEAD"));
    assertThat(dir.resolve("state")).hasSameTextualContentAs(origin.resolve("wanted"));
    assertThat(host.git(dir, "config", "remote.origin.url")).isEqualTo("file://" + origin);
    assertThat(dir.resolve(".git/MERGE_HEAD")).doesNotExist();
    assertThat(Files.exists(dir.resolve("untracked"))).isEqualTo(start.compareTo(Start.EMPTY) > 0);
  }

  @ParameterizedTest
  @EnumSource(names = {"DIRTY", "STAGED", "OTHER_ORIGIN", "NO_ORIGIN", "DIVERGED"})
  void reportsLocalChangesAndLeavesThemAlone(Start start) throws Exception {
    make(start);
    String before = head();
    String wanted = Files.readString(dir.resolve("wanted"));

    PlannedStep found = check(tasks());

    assertThat(found.verdict()).isEqualTo(Verdict.WOULD_BE_APPLIED);
    assertThat(found.differences().toString())
        .contains(
            switch (start) {
              case DIRTY -> "changes should be 'none', is 'M wanted'";
              case STAGED -> "changes should be 'none', is 'M  wanted'";
              case OTHER_ORIGIN ->
                  "origin should be 'file://" + origin + "', is 'https://…@other.test/'";
              case NO_ORIGIN -> "origin should be 'file://" + origin + "', is 'none'";
              default -> "commit should be '" + host.git(origin, "rev-parse", "HEAD") + "', is '";
            });
    assertThat(OneStep.of(tasks()).cycle())
        .isFailed()
        .hasMessageContaining("; correct it by hand, or set discard_local_changes: true");
    assertThat(head()).isEqualTo(before);
    assertThat(dir.resolve("wanted")).hasContent(wanted);
  }

  @Test
  void reportsAChangedCommit() throws Exception {
    cloned();
    String second = host.commit(origin, "wanted", "two");

    assertThat(check(tasks()).differences())
        .extracting(Object::toString)
        .containsExactly("commit should be '" + second + "', is '" + first + "'");
  }

  @Test
  void followsTheDeclaredBranch() throws Exception {
    host.git(origin, "checkout", "-q", "-b", "release/1.10");
    String release = host.commit(origin, "wanted", "1.10");
    host.git(origin, "checkout", "-q", "main");
    Mise mise =
        host.with(Mise.in(dir.toString()).git("file://" + origin, "release/1.10").trusted());

    assertThat(OneStep.of(mise).cycle()).isApplied();

    assertThat(head()).isEqualTo(release);
  }

  @Test
  void removesTheCloneThatAKilledApplyLeft() throws Exception {
    Path halfDone =
        temp.resolve("opt/.fluke-" + Integer.toHexString(dir.toString().hashCode()) + "-AbCdEf");
    Files.createDirectories(halfDone.resolve(".git/objects"));

    assertThat(OneStep.of(tasks()).cycle()).isApplied();

    assertThat(temp.resolve("opt")).isDirectoryContaining(only -> only.equals(dir));
  }

  @Tag("X06")
  @Test
  void reportsAnIncompleteCloneAsUnknown() throws Exception {
    Files.createDirectories(dir);
    host.git(dir, "init", "-q");

    assertThat(unknown(tasks()))
        .startsWith(
            dir + " is a working copy without a commit; move it away, and the apply clones it: ");
  }

  @Test
  void leavesAnotherDirectoryAlone() throws Exception {
    Files.createDirectories(dir);
    Path precious = Files.writeString(dir.resolve("precious"), "x");

    assertThat(unknown(tasks().discardLocalChanges()))
        .isEqualTo(dir + " exists, but is not a Git working copy; move it away");
    assertThat(OneStep.of(tasks().discardLocalChanges()).forced()).isUnknown();
    assertThat(precious).exists();
  }

  @Tag("Z07")
  @Test
  void doesNotFollowALink() throws Exception {
    Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
    Files.createDirectories(dir.getParent());
    Files.createSymbolicLink(dir, elsewhere);

    assertThat(unknown(tasks()))
        .isEqualTo(dir + " is a symbolic link; declare the directory that it points to");
    assertThat(OneStep.of(tasks()).forced()).isUnknown();
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void reportsUnknownForAMissingRepositoryOrBranch() throws Exception {
    Mise nowhere = host.with(Mise.in(dir.toString()).git("file:///no/such/repository"));
    Mise branchless = host.with(Mise.in(dir.toString()).git("file://" + origin, "none"));

    assertThat(unknown(nowhere))
        .startsWith("git can't read branch main of file:///no/such/repository: ");
    assertThat(unknown(branchless)).isEqualTo("there is no branch none of file://" + origin);
  }

  @Tag("Z07")
  @Test
  void runsNothingOfTheWorkingCopyBeforeTrust() throws Exception {
    cloned();
    Path payload = temp.resolve("payload");
    for (String hook : new String[] {"post-merge", "post-checkout", "reference-transaction"}) {
      Path script = dir.resolve(".git/hooks").resolve(hook);
      Files.writeString(script, "#!/bin/sh\ntouch " + payload + "-hook\n");
      assertThat(script.toFile().setExecutable(true)).isTrue();
    }
    host.git(dir, "config", "core.fsmonitor", "touch " + payload + "-fsmonitor;");
    Files.writeString(
        origin.resolve("mise.toml"),
        "[env]\nX = \"{{ exec(command='touch " + payload + "') }}\"\n" + TASKS);
    host.commit(origin, "wanted", "two");
    assertThat(temp).isDirectoryNotContaining("glob:**payload*");

    assertThat(OneStep.of(host.with(Mise.in(dir.toString()).git("file://" + origin))).cycle())
        .isFailed()
        .hasMessageContaining("does not trust");

    assertThat(dir.resolve("wanted")).hasContent("two");
    assertThat(temp).isDirectoryNotContaining("glob:**payload*");
  }

  @Test
  void takesNoTagForAMissingBranchInAnApply() throws Exception {
    host.git(origin, "tag", "gone");
    host.git(origin, "branch", "refs/heads/gone");
    Mise gone = host.with(Mise.in(dir.toString()).git("file://" + origin, "gone").trusted());
    try (ConnectedHost here = ConnectedHost.local()) {
      assertThat(here.apply(gone)).contains("there is no branch gone");
      assertThat(dir).doesNotExist();
      cloned();
      assertThat(here.apply(gone)).contains("there is no branch gone");
    }
  }
}
