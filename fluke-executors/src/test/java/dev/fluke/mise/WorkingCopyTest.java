package dev.fluke.mise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkingCopyTest {
  private static final String URL = "https://git.example.com/app.git";

  @Test
  void keepsUrlAndBranchWhenItDiscards() {
    assertThat(new WorkingCopy(URL, "main", false).discarding())
        .isEqualTo(new WorkingCopy(URL, "main", true))
        .hasToString("branch main of " + URL);
  }

  @ParameterizedTest
  @CsvSource({
    "https://user:canary@host/app.git, https://…@host/app.git",
    "https://canary@host/app.git, https://…@host/app.git",
    "git@host:app.git, git@host:app.git",
    "file:///srv/app.git, file:///srv/app.git"
  })
  void hidesUserAndPasswordOfAUrl(String url, String shown) {
    assertThat(WorkingCopy.shown(url)).isEqualTo(shown);
  }

  @Test
  void rejectsAPasswordWithoutShowingIt() {
    assertThatThrownBy(() -> new WorkingCopy("https://user:canary@host/app.git", "main", false))
        .hasMessage(
            "git url is 'https://…@host/app.git', must be https://, ssh://, user@host:path or file:///, without a password");
  }

  @ParameterizedTest
  @CsvSource({"-x", "a..b", "x.lock", "a b", "''"})
  void rejectsInvalidBranchNames(String branch) {
    assertThatThrownBy(() -> new WorkingCopy(URL, branch, false))
        .hasMessage("git branch is '" + branch + "', which is not a valid branch name");
  }
}
