package dev.fluke.source.git;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SshPatternsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "git | git | true",
        "git | gi | false",
        "g* | git | true",
        "*t | git | true",
        "*i* | git | true",
        "g?t | git | true",
        "g?t | gt | false",
        "* | git | true",
        "*a*b | aab | true",
        "*a*b | aabc | false",
        "file,git | git | true",
        "file,!git,* | git | false",
        "!file | git | false",
        "!file,git | git | true",
        "'' | git | false",
        "GIT | git | false",
      })
  void matchesAsOpenSshDoes(String list, String text, boolean matches) {
    assertThat(new SshPatterns(list).match(text)).isEqualTo(matches);
  }

  @Test
  void takesNoTimeForManyStars() {
    String list = "a*".repeat(5_000) + "b";

    assertThat(new SshPatterns(list).match("a".repeat(10_000))).isFalse();
  }

  @Test
  void listsThePatternsUpToTheFirstEmptyOne() {
    assertThat(new SshPatterns("a,b,,c").each()).containsExactly("a", "b");
    assertThat(new SshPatterns("a").each()).containsExactly("a");
  }
}
