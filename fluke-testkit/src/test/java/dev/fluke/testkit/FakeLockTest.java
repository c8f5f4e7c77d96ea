package dev.fluke.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One holder at a time, and ten seconds of patience. */
class FakeLockTest {
  private final VirtualTime time = VirtualTime.seeded(1);
  private final FakeLock lock = new FakeLock();

  @AfterEach
  void close() {
    time.close();
  }

  @Test
  void isTakenOnceAndFreedByItsHolderOnly() throws Exception {
    assertThat(lock.take("a", time)).isTrue();
    assertThat(lock.take("b", time)).isFalse();
    assertThat(time.nanoTime()).isEqualTo(Duration.ofSeconds(10).toNanos());
    lock.free("b");
    assertThat(lock.take("b", time)).isFalse();
    lock.free("a");
    assertThat(lock.take("b", time)).isTrue();
  }

  @Test
  void isTakenWhenAnotherGivesItBackInTime() throws Exception {
    lock.takenByAnother(true);
    time.after(Duration.ofSeconds(4), () -> lock.takenByAnother(false));

    assertThat(lock.take("a", time)).isTrue();
    assertThat(time.nanoTime()).isEqualTo(Duration.ofSeconds(4).toNanos());
  }
}
