package dev.fluke.source.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.source.Revision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Manifests from a repository that is as it should be. */
@Tag("slow")
class GitFeedTest {
  private @TempDir Path dir;
  private GitRepo repo;

  @BeforeEach
  void create() {
    repo = GitRepo.in(dir);
  }

  @Tag("G14")
  @Test
  void aCommitIsReadOnceWithWhoMadeItAndWhy() throws Exception {
    String first = repo.push("Say hello\n\nbody", Map.of("web.fluke.yaml", PairKind.file("a")));
    try (FollowedSource infra = new FollowedSource(GitSource.at(repo.url()))) {
      Revision revision = infra.good();

      assertThat(revision.id()).isEqualTo(first);
      assertThat(revision.author()).isEqualTo("Ann");
      assertThat(revision.subject()).isEqualTo("Say hello");
      assertThat(revision.time())
          .hasValueSatisfying(time -> assertThat(time).isAfter(Instant.EPOCH));
      assertThat(revision.remarks()).isEmpty();
      assertThat(infra.poll()).isEqualTo("unchanged");
      String second = repo.push("Say more", Map.of("x/db.fluke.yml", PairKind.file("b")));
      assertThat(infra.poll()).isEqualTo(second + " a b");
      assertThat(infra.poll()).isEqualTo("unchanged");
    }
  }

  @Tag("G14")
  @Test
  void aBrokenCommitSaysAllThatIsWrongAndIsReadOnce() throws Exception {
    String id =
        repo.push(
            "Break it",
            Map.of("a.fluke.yaml", "tasks: { a: {} }", "b.fluke.yaml", PairKind.file("b")));
    try (FollowedSource infra = new FollowedSource(GitSource.at(repo.url()))) {
      assertThat(infra.poll())
          .isEqualTo(
              "broken "
                  + id
                  + " [a.fluke.yaml:1:10: task 'a': 'selector' is missing; to select every agent, write selector: { all: true }, a.fluke.yaml:1:10: task 'a': 'steps' is missing; a"
                  + " task has at least one]");
      assertThat(infra.poll()).isEqualTo("unchanged");
    }
  }

  @Test
  void anotherBranchATagThatMovesAndOneCommit() throws Exception {
    String first = repo.push("One", Map.of("a.fluke.yaml", PairKind.file("a")));
    repo.git("checkout", "-q", "-b", "stable/1");
    String second = repo.push("Two", Map.of("b.fluke.yaml", PairKind.file("b")));
    repo.git("tag", "-a", "-m", "x", "v1", first);
    repo.git("push", "-q", "origin", "v1");
    GitSource git = GitSource.at(repo.url());
    try (FollowedSource branch = new FollowedSource(git.branch("stable/1"));
        FollowedSource tag = new FollowedSource(git.tag("v1"));
        FollowedSource commit = new FollowedSource(git.commit(first))) {
      assertThat(branch.poll()).isEqualTo(second + " a b");
      assertThat(tag.poll()).isEqualTo(first + " a");
      assertThat(commit.poll()).isEqualTo(first + " a");
      repo.git("tag", "-f", "v1", second);
      repo.git("push", "-q", "-f", "origin", "v1");
      assertThat(tag.poll()).isEqualTo(second + " a b");
      assertThat(commit.poll()).isEqualTo("unchanged");
    }
    try (FollowedSource none = new FollowedSource(git.commit("0".repeat(40)))) {
      assertThat(none.unavailable()).hasMessageContaining("no branch or tag leads to it");
    }
  }

  @Test
  void aDirectoryAndAGlobNarrowItDown() throws Exception {
    String id =
        repo.push(
            "Many",
            Map.of(
                "top.fluke.yaml", PairKind.file("top"),
                "fleet/web.fluke.yaml", PairKind.file("web"),
                "fleet/eu/db.fluke.yaml", PairKind.file("db"),
                "fleet/eu/notes.yaml", "not ours",
                "fleet2/x.fluke.yaml", PairKind.file("x")));
    GitSource git = GitSource.at(repo.url());
    try (FollowedSource fleet = new FollowedSource(git.directory("/fleet/"));
        FollowedSource flat = new FollowedSource(git.directory("fleet").files("*.fluke.yaml"));
        FollowedSource all = new FollowedSource(git)) {
      assertThat(fleet.poll()).isEqualTo(id + " db web");
      assertThat(flat.poll()).isEqualTo(id + " web");
      assertThat(all.poll()).isEqualTo(id + " db web x top");
    }
  }

  @Tag("G11")
  @Test
  void onlyRegularFilesAreReadAndNothingIsEverCheckedOut() throws Exception {
    Path secret = Files.writeString(dir.resolve("secret"), "tasks: { canary: {} }");
    repo.write("good.fluke.yaml", PairKind.file("good"));
    Files.createSymbolicLink(repo.work.resolve("link.fluke.yaml"), secret);
    repo.write("new\nline.fluke.yaml", PairKind.file("newline"));
    repo.write("Good.fluke.yaml", PairKind.file("other"));
    repo.git("update-index", "--add", "--cacheinfo", "160000", "1".repeat(40), "sub.fluke.yaml");
    repo.write("readme.md", "hello");
    repo.git("add", "good.fluke.yaml", "link.fluke.yaml", "Good.fluke.yaml", "readme.md", ".");
    repo.git("commit", "-q", "-m", "odd");
    repo.git("push", "-q", "origin", "HEAD");
    Path mirror = dir.resolve("mirror");
    List<String> before = tree(dir);
    try (FollowedSource infra = new FollowedSource(GitSource.at(repo.url()).mirror(mirror))) {
      Revision revision = infra.good();

      assertThat(revision.manifest().tasks())
          .extracting(t -> t.name())
          .containsExactly("other", "good");
      assertThat(revision.remarks())
          .anyMatch(remark -> remark.startsWith("link.fluke.yaml: ignored"))
          .anyMatch(remark -> remark.contains("line.fluke.yaml: ignored"));
    }
    assertThat(tree(dir)).isEqualTo(before);
    try (Stream<Path> files = Files.walk(mirror)) {
      assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith(".yaml"));
    }
  }

  @Tag("G11")
  @Test
  void aFolderThatPosesAsGitsOwnIsNeverWritten() throws Exception {
    Path marker = dir.resolve("marker");
    String config = "[core]\n\tfsmonitor = touch " + marker + "\n";
    repo.push("One", Map.of("good.fluke.yaml", PairKind.file("good"), "config", config));
    String posing = object("100644 blob " + repo.git("rev-parse", "HEAD:config") + "\tconfig");
    String good = repo.git("rev-parse", "HEAD:good.fluke.yaml");
    String whole =
        object("040000 tree " + posing + "\t.GIT\n100644 blob " + good + "\tgood.fluke.yaml");
    String commit = repo.git("commit-tree", whole, "-p", "HEAD", "-m", "Pose");
    repo.git("push", "-q", "origin", commit + ":refs/heads/main");
    Path mirror = dir.resolve("mirror");
    try (FollowedSource infra = new FollowedSource(GitSource.at(repo.url()).mirror(mirror))) {
      assertThat(infra.poll()).isEqualTo(commit + " good");
    }
    assertThat(marker).doesNotExist();
    try (Stream<Path> files = Files.walk(mirror).filter(Files::isRegularFile)) {
      assertThat(files.filter(file -> file.endsWith("config")))
          .isNotEmpty()
          .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContain("fsmonitor"));
    }
  }

  /** A tree of these lines, of which Git's own commands would not make one. */
  private String object(String lines) throws Exception {
    Path file = Files.writeString(dir.resolve("lines"), lines + "\n");
    return repo.git("-c", "alias.tree-of=!git mktree <" + file, "tree-of");
  }

  private static List<String> tree(Path dir) throws Exception {
    try (Stream<Path> files = Files.walk(dir)) {
      return files.map(Path::toString).filter(n -> !n.contains("/mirror")).sorted().toList();
    }
  }

  @Tag("G11")
  @Test
  void whatIsTooBigOrKeptElsewhereIsAnErrorWithItsPlace() throws Exception {
    String id =
        repo.push(
            "Big",
            Map.of(
                "big.fluke.yaml",
                "a: " + "x".repeat(5 * 1024 * 1024),
                "lfs.fluke.yaml",
                "version https://git-lfs.github.com/spec/v1\noid sha256:1\n"));
    try (FollowedSource infra = new FollowedSource(GitSource.at(repo.url()))) {
      assertThat(infra.poll())
          .isEqualTo(
              "broken "
                  + id
                  + " [big.fluke.yaml:1:1: has 5242883 bytes; at most 1 MiB a file and 64 MiB"
                  + " together are read; split the file, lfs.fluke.yaml:1:1: is stored in Git LFS, which Fluke does not read; store manifests in Git]");
    }
  }

  @Tag("G11")
  @Test
  void aStepReadsNoFileOfASubmoduleOrInLfs() throws Exception {
    repo.write("lfs.bin", "version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 1\n");
    repo.write(
        "a.fluke.yaml",
        """
        tasks:
          t:
            selector: { all: true }
            steps:
              - { pair: a, check: a, command: a, source: lfs.bin }
              - { pair: b, check: b, command: b, source: lib/b }
              - { pair: c, check: c, command: c, source: link }
        """);
    String id = repo.push("One", Map.of());
    repo.git("update-index", "--add", "--cacheinfo", "160000," + id + ",lib");
    String target = repo.git("rev-parse", "HEAD:lfs.bin");
    repo.git("update-index", "--add", "--cacheinfo", "120000," + target + ",link");
    repo.git("commit", "-qm", "Two");
    repo.git("push", "-q", "origin", "HEAD:refs/heads/main");
    try (FollowedSource infra = new FollowedSource(GitSource.at(repo.url()))) {
      assertThat(infra.poll())
          .contains("file 'lfs.bin' is stored in Git LFS, which Fluke does not read")
          .contains("file 'lib/b': 'lib' is a submodule, which Fluke does not follow")
          .contains("file 'link': 'link' is a symbolic link, which Fluke does not follow");
    }
  }

  @Tag("M04")
  @Test
  void fiveThousandFilesAreTooMany() throws Exception {
    for (int i = 0; i < 5_000; i++) {
      repo.write("f" + i + ".fluke.yaml", "tasks: {}");
    }
    repo.push("Many", Map.of());
    try (FollowedSource infra = new FollowedSource(GitSource.at(repo.url()))) {
      assertThat(infra.poll()).contains("exceeds the limit of 4000 manifest files");
    }
  }

  @Tag("G02")
  @Tag("E28")
  @Test
  void aForcePushIsFollowedAndSaid() throws Exception {
    String first = repo.push("One", Map.of("a.fluke.yaml", PairKind.file("a")));
    repo.push("Two", Map.of("b.fluke.yaml", PairKind.file("b")));
    String third = repo.push("Three", Map.of("c.fluke.yaml", PairKind.file("c")));
    try (FollowedSource infra = new FollowedSource(GitSource.at(repo.url()))) {
      assertThat(infra.poll()).isEqualTo(third + " a b c");
      repo.git("reset", "-q", "--hard", first);
      repo.git("push", "-q", "-f", "origin", "HEAD");

      Revision rewound = infra.good();

      assertThat(rewound.id()).isEqualTo(first);
      assertThat(rewound.manifest().tasks()).hasSize(1);
      assertThat(rewound.remarks())
          .containsExactly("history was rewritten: " + third + " is no longer part of it");
    }
  }

  @Test
  void aMirrorThatIsKeptServesTheNextStartAndOneSourceAtATime() throws Exception {
    String id = repo.push("One", Map.of("a.fluke.yaml", PairKind.file("a")));
    Path mirror = dir.resolve("kept");
    GitSource git = GitSource.at(repo.url()).mirror(mirror);
    try (FollowedSource one = new FollowedSource(git);
        FollowedSource two = new FollowedSource(git)) {
      assertThat(one.poll()).isEqualTo(id + " a");
      assertThat(two.unavailable()).hasMessageContaining("is in use by another source or process");
    }
    try (FollowedSource again = new FollowedSource(git)) {
      assertThat(again.poll()).isEqualTo(id + " a");
    }
  }

  @Test
  void manyPacksBecomeOne() throws Exception {
    Path mirror = dir.resolve("kept");
    try (FollowedSource infra = new FollowedSource(GitSource.at(repo.url()).mirror(mirror))) {
      for (int i = 0; i < 103; i++) {
        repo.push("c" + i, Map.of("a.fluke.yaml", PairKind.file("a" + i)));
        assertThat(infra.poll()).endsWith(" a" + i);
      }
      try (Stream<Path> packs = Files.list(mirror.resolve("mirror.git/objects/pack"))) {
        assertThat(packs.filter(pack -> pack.toString().endsWith(".pack")).count()).isLessThan(10);
      }
    }
  }
}
