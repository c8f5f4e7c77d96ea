package dev.fluke.cli.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RightTest {

  @Test
  void hasAWordForTheConfig() {
    assertThat(Right.all())
        .extracting(Right::word)
        .containsExactly("read", "plan", "reconcile", "force");
  }
}
