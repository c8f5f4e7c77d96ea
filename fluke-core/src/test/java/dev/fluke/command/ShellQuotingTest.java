package dev.fluke.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShellQuotingTest {
  @Test
  void quotesEverythingBetweenSingleQuotes() {
    assertThat(ShellQuoting.quote("")).isEqualTo("''");
    assertThat(ShellQuoting.quote("$HOME `id` \"x\" \\ \n")).isEqualTo("'$HOME `id` \"x\" \\ \n'");
    assertThat(ShellQuoting.quote("it's")).isEqualTo("'it'\\''s'");
  }
}
