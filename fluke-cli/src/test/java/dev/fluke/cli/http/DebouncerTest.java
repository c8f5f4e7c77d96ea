package dev.fluke.cli.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.testkit.VirtualTime;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DebouncerTest {
  private final VirtualTime time = VirtualTime.seeded(1);
  private final AtomicInteger runs = new AtomicInteger();
  private final Debouncer debouncer = new Debouncer(time, runs::incrementAndGet);

  @Test
  void runsTheFirstRequestImmediately() {
    debouncer.run();

    assertThat(runs).hasValue(1);
  }

  @Test
  void mergesRequestsWithinFiveSeconds() {
    for (int i = 0; i < 100; i++) {
      debouncer.run();
    }
    assertThat(runs).hasValue(1);

    time.runFor(Duration.ofMillis(4_999));
    assertThat(runs).hasValue(1);
    time.runFor(Duration.ofMillis(1));
    assertThat(runs).hasValue(2);
  }

  @Test
  void pausesAfterAMergedRunToo() {
    debouncer.run();
    debouncer.run();
    time.runFor(Duration.ofSeconds(5));

    debouncer.run();
    assertThat(runs).hasValue(2);
    time.runFor(Duration.ofSeconds(5));
    assertThat(runs).hasValue(3);
  }

  @Test
  void restsWithoutRequests() {
    debouncer.run();
    time.runFor(Duration.ofHours(1));
    assertThat(runs).hasValue(1);

    debouncer.run();
    assertThat(runs).hasValue(2);
  }
}
