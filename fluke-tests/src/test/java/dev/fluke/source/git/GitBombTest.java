package dev.fluke.source.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Small commits that mean much. */
@Tag("slow")
@Tag("M04")
@Timeout(120)
class GitBombTest {
  private @TempDir Path dir;
  private GitRepo repo;

  @BeforeEach
  void create() {
    repo = GitRepo.in(dir);
  }

  /** A tree of these lines, pushed as the whole commit. */
  private String push(String tree, String message) {
    String commit = repo.git("commit-tree", tree, "-m", message);
    repo.git("push", "-q", "-f", "origin", commit + ":refs/heads/main");
    return commit;
  }

  private String tree(String lines) throws Exception {
    Path file = Files.writeString(dir.resolve("lines"), lines);
    return repo.git("-c", "alias.tree-of=!git mktree <" + file, "tree-of");
  }

  private String nested(int levels, int times) throws Exception {
    repo.push("One", Map.of("x", "x"));
    String inner = tree("100644 blob " + repo.git("rev-parse", "HEAD:x") + "\tx\n");
    for (int level = 0; level < levels; level++) {
      StringBuilder lines = new StringBuilder();
      for (int i = 0; i < times; i++) {
        lines.append("040000 tree ").append(inner).append("\tt").append(i).append('\n');
      }
      inner = tree(lines.toString());
    }
    return inner;
  }

  @Test
  void refusesTreesThatMultiply() throws Exception {
    String id = push(nested(9, 10), "A thousand million files");
    try (FollowedSource infra = new FollowedSource(GitSource.at(repo.url()))) {
      assertThat(infra.poll())
          .startsWith("broken " + id + " [t")
          .endsWith(
              ":1:1: exceeds the limit of 1,000,000 files and directories; set a directory for the"
                  + " manifests]");
      assertThat(infra.poll()).isEqualTo("unchanged");
    }
  }

  @Test
  void refusesDirectoriesThatAreTooDeep() throws Exception {
    String id = push(nested(200, 1), "Deep");
    try (FollowedSource infra = new FollowedSource(GitSource.at(repo.url()))) {
      assertThat(infra.poll())
          .startsWith("broken " + id + " [t0/t0/")
          .endsWith(":1:1: is deeper than 100 directories, and is not read; move it]");
    }
  }

  @Test
  void refusesAMessageOfMebibytes() throws Exception {
    repo.push("One", Map.of("a.fluke.yaml", PairKind.file("a")));
    Path message = Files.writeString(dir.resolve("message"), "x".repeat(3 * 1024 * 1024));
    repo.git("commit", "-q", "--allow-empty", "-F", message.toString());
    repo.git("push", "-q", "origin", "HEAD");
    try (FollowedSource infra = new FollowedSource(GitSource.at(repo.url()))) {
      assertThat(infra.poll()).contains("the commit has a message of 3,145,", "shorten it");

      String next = repo.push("Two", Map.of("b.fluke.yaml", PairKind.file("b")));
      assertThat(infra.poll()).isEqualTo(next + " a b");
    }
  }

  @Test
  void countsWhatItIgnoresAndShortensTheSubject() throws Exception {
    repo.push("One", Map.of("a.fluke.yaml", PairKind.file("a")));
    for (int i = 0; i < 150; i++) {
      Files.createSymbolicLink(repo.work.resolve("l" + i + ".fluke.yaml"), Path.of("a"));
    }
    repo.push("s".repeat(5_000), Map.of());
    try (FollowedSource infra = new FollowedSource(GitSource.at(repo.url()))) {
      var revision = infra.good();
      assertThat(revision.remarks()).hasSize(101).contains("50 more files are ignored");
      assertThat(revision.subject()).hasSizeLessThanOrEqualTo(500).startsWith("sss");
    }
  }
}
