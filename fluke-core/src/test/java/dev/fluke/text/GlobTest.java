package dev.fluke.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
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
