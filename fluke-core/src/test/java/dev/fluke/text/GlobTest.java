package dev.fluke.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*.yaml | a.yaml | true",
        "*.yaml | .yaml | true",
        "*.yaml | b/a.yaml | false",
        "a?.yaml | ab.yaml | true",
        "a?.yaml | a.yaml | false",
        "a?b | a/b | false",
        "**/a | a | true",
        "**/a | x/y/a | true",
        "**/a | xa | false",
        "x/** | x/y/z | true",
        "x/** | x | false",
        "a.{b,c} | a.b | true",
        "a.{b,c} | a.c | true",
        "a.{b,c} | a.b,c | false",
        "a,b | a,b | true",
        "a} | a} | true",
        "a.b | axb | false",
        "[a] | [a] | true",
        "[a] | a | false",
        "a+(b) | a+(b) | true",
      })
  void matchesPaths(String glob, String path, boolean matches) {
    assertThat(Glob.of(glob).matches(path)).isEqualTo(matches);
  }

  @Test
  void matchesNamesWithLineBreaks() {
    assertThat(Glob.of("**").matches("a\nb/c")).isTrue();
  }

  @Test
  void takesManifestsByDefault() {
    assertThat(Glob.DEFAULT).hasToString("**/*.fluke.{yaml,yml}");
    assertThat(Glob.DEFAULT.matches("web.fluke.yaml")).isTrue();
    assertThat(Glob.DEFAULT.matches("a/b/web.fluke.yml")).isTrue();
    assertThat(Glob.DEFAULT.matches("web.yaml")).isFalse();
  }

  /** The same meaning as a regular expression, for globs and paths of few characters. */
  @Test
  void matchesAsARegularExpressionDoes() {
    Random random = new Random(11);
    List<String> pieces = List.of("*", "**", "**/", "?", "{a,b/}", "{*,**/a}", "a", "b", "/");
    int matched = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder glob = new StringBuilder();
      for (int j = random.nextInt(5) + 1; j > 0; j--) {
        String piece = pieces.get(random.nextInt(pieces.size()));
        glob.append(glob.toString().endsWith("*") ? piece.replaceFirst("^\\*+", "a") : piece);
      }
      StringBuilder path = new StringBuilder();
      for (int j = random.nextInt(7); j > 0; j--) {
        path.append("ab/".charAt(random.nextInt(3)));
      }
      boolean expected = path.toString().matches(regex(glob.toString()));
      assertThat(Glob.of(glob.toString()).matches(path.toString()))
          .as("%s matches %s", glob, path)
          .isEqualTo(expected);
      matched += expected ? 1 : 0;
    }
    assertThat(matched).isBetween(1_000, 19_000);
  }

  private static String regex(String glob) {
    return glob.replace("?", "[^/]")
        .replace("**/", "\u0001")
        .replace("**", "\u0002")
        .replace("*", "[^/]*")
        .replace("\u0001", "(?:.*/)?")
        .replace("\u0002", ".*")
        .replace("{", "(?:")
        .replace(',', '|')
        .replace('}', ')');
  }

  @Test
  @Timeout(30)
  void matchesManyStarsInATimeThatIsBounded() {
    String path = "a".repeat(4_000);
    assertThat(Glob.of("**/" + "*a".repeat(400) + "b").matches(path)).isFalse();
    assertThat(Glob.of("**/" + "*a".repeat(400)).matches(path)).isTrue();
    assertThat(Glob.of("{" + "*a*,".repeat(240) + "b}").matches(path + "/")).isFalse();
  }

  @Test
  void refusesALongGlob() {
    assertThat(Glob.of("a".repeat(1_000)).matches("a".repeat(1_000))).isTrue();
    assertThatThrownBy(() -> Glob.of("a".repeat(1_001)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("aaa': has 1001 characters, at most 1000 are allowed");
  }

  @Test
  void refusesAnOpenBraceAndAnEmptyGlob() {
    assertThatThrownBy(() -> Glob.of("a{b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("glob 'a{b': a '{' has no '}'");
    assertThatThrownBy(() -> Glob.of(" "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("glob ' ': is empty");
  }
}
