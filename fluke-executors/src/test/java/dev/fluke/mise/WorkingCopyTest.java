package dev.fluke.mise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkingCopyTest {
  private static final String URL = "https://git.example.com/app.git";

  @Test
  void keepsUrlAndBranchWhenItDiscards() {
    assertThat(new WorkingCopy(URL, "main", false).discarding())
        .isEqualTo(new WorkingCopy(URL, "main", true))
        .hasToString("branch main of " + URL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://user:canary@host/app.git",
        "https://user:p@canary@host/app.git",
        "https://canary@host/app.git",
        "https://user:canary/x@host/app.git"
      })
  void rejectsCredentialsWithoutShowingThem(String url) {
    assertThatThrownBy(() -> new WorkingCopy(url, "main", false))
        .hasMessageContaining("…@host/app.git', must be https://, ssh://, user@host:path or file:")
        .hasMessageContaining("without a user, password or query for https")
        .hasMessageNotContaining("canary");
  }

  @ParameterizedTest
  @ValueSource(strings = {"git@host:app.git", "ssh://git@host/app.git", "file:///srv/app.git"})
  void acceptsAUserOfSsh(String url) {
    assertThat(new WorkingCopy(url, "main", false).url()).isEqualTo(url);
  }

  @ParameterizedTest
  @CsvSource({"-x", "a..b", "x.lock", "a b", "''"})
  void rejectsInvalidBranchNames(String branch) {
    assertThatThrownBy(() -> new WorkingCopy(URL, branch, false))
        .hasMessage("git branch is '" + branch + "', which is not a valid branch name");
  }
}
