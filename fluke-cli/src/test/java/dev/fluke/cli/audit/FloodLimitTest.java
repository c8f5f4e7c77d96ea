package dev.fluke.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.testkit.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FloodLimitTest {
  private final VirtualTime time = VirtualTime.seeded(1);
  private final List<FloodLimit.Rest> rests = new ArrayList<>();

  @AfterEach
  void close() {
    time.close();
  }

  @Test
  void letsSomeOfEachSenderPassAndCountsTheRest() {
    FloodLimit limit = new FloodLimit(time, 2, 2, rests::add);
    assertThat(limit.passes("a")).isTrue();
    assertThat(limit.passes("a")).isTrue();
    assertThat(limit.passes("a")).isFalse();
    assertThat(limit.passes("b")).isTrue();
    assertThat(limit.passes("c")).isTrue();
    assertThat(limit.passes("d")).isFalse();

    time.runFor(Duration.ofSeconds(61));

    assertThat(rests).containsExactly(new FloodLimit.Rest(2, 4, "a"));
    assertThat(limit.passes("a")).isTrue();
    time.runFor(Duration.ofSeconds(61));
    assertThat(rests).hasSize(1);
  }

  @Test
  void remembersThousandSenders() {
    FloodLimit limit = new FloodLimit(time, 1, 20, rests::add);
    int passed = 0;
    for (int i = 0; i < 100_000; i++) {
      passed += limit.passes("sender-" + i) ? 1 : 0;
    }
    time.runFor(Duration.ofSeconds(61));

    assertThat(passed).isEqualTo(20);
    assertThat(rests).hasSize(1);
    assertThat(rests.get(0).messages()).isEqualTo(100_000 - 20);
    assertThat(rests.get(0).from()).isEqualTo(1000);
  }
}
