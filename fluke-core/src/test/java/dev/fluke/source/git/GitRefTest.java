package dev.fluke.source.git;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Branches, tags and commits, and the names that Git does not allow. */
class GitRefTest {
  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

  @Test
  void namesWhatItFollows() {
    assertThat(GitRef.branch("stable/1")).hasToString("branch 'stable/1'");
    assertThat(GitRef.tag("v1")).hasToString("tag 'v1'");
    assertThat(GitRef.commit(COMMIT)).hasToString("commit '" + COMMIT + "'");
    assertThat(GitRef.branch("x").name()).isEqualTo("refs/heads/x");
    assertThat(GitRef.tag("x").name()).isEqualTo("refs/tags/x");
  }

  @Test
  void pinsOnlyACommit() {
    assertThat(GitRef.commit(COMMIT).isPinned()).isTrue();
    assertThat(GitRef.branch("main").isPinned()).isFalse();
    assertThat(GitRef.tag("v1").isPinned()).isFalse();
  }

  @Test
  void acceptsValidNames() {
    assertThat(GitRef.branch("stable/1").problem()).isEmpty();
    assertThat(GitRef.tag("v1.0").problem()).isEmpty();
    assertThat(GitRef.commit(COMMIT).problem()).isEmpty();
  }

  @Tag("G13")
  @ParameterizedTest
  @ValueSource(
      strings = {"", "-x", "--upload-pack=x", "a..b", "a b", "x.lock", "../x", "a~1", "\1"})
  void refusesNamesThatGitDoesNotAllow(String name) {
    assertThat(GitRef.branch(name).problem())
        .isEqualTo("branch '" + name + "' is not a name that Git allows");
    assertThat(GitRef.tag(name).problem()).isNotEmpty();
  }

  @Tag("G13")
  @ParameterizedTest
  @ValueSource(
      strings = {"", "0123456", "refs/heads/main", "G123456789abcdef0123456789abcdef01234567"})
  void refusesCommitsThatAreNotWholeIds(String id) {
    GitRef commit = GitRef.commit(id);

    assertThat(commit.isPinned()).isTrue();
    assertThat(commit.problem()).endsWith("must be the whole id, 40 hexadecimal digits");
  }
}
