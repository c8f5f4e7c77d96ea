package dev.fluke.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class StageTest {
  private static final Act SEEN = new Act("is seen", () -> true);

  @Test
  void endsWithZeroIfEveryActIsSeen() {
    assertThat(new Stage().play(List.of(SEEN, SEEN))).isZero();
  }

  @Test
  void endsWithOneIfAnActIsNotSeen() {
    assertThat(new Stage().play(List.of(SEEN, new Act("is not", () -> false)))).isEqualTo(1);
  }

  @Test
  void countsAnActThatThrowsAsNotSeen() {
    Act throwing =
        new Act(
            "throws",
            () -> {
              throw new IOException("gone");
            });

    assertThat(new Stage().play(List.of(throwing, SEEN))).isEqualTo(1);
  }
}
