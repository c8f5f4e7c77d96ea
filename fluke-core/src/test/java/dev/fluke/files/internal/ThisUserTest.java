package dev.fluke.files.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThisUserTest {
  private static final Path HOME = Path.of("/home/app");

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "?", "home", "./home", "\0"})
  void usesTheVariableWhereJavaKnowsNoHome(String property) {
    assertThat(ThisUser.home(property, "/home/app")).contains(HOME);
    assertThat(ThisUser.home(property, property)).isEmpty();
    assertThat(ThisUser.home(property, null)).isEmpty();
  }

  @Test
  void prefersWhatTheApplicationSet() {
    assertThat(ThisUser.home("/home/app", "/root")).contains(HOME);
  }
}
