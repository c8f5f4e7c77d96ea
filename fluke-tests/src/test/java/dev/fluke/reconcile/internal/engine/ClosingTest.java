package dev.fluke.reconcile.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.reconcile.internal.config.LoopThread;
import dev.fluke.testkit.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Parts that close side by side. */
@Tag("S09")
@Tag("rule-31")
class ClosingTest {
  private static final Duration TIME = Duration.ofSeconds(5);

  private final VirtualTime time = VirtualTime.seeded(1);
  private final LoopThread thread = new LoopThread();
  private final List<String> closed = new ArrayList<>();
  private final CompletableFuture<Void> never = new CompletableFuture<>();

  @AfterEach
  void close() {
    never.complete(null);
    time.runUntilIdle();
    time.close();
  }

  private Closing closing() {
    return new Closing(time, thread);
  }

  private Closing.Part takes(String name, Duration wait) {
    return atMost -> {
      assertThat(atMost).isEqualTo(TIME);
      assertThat(thread.isCurrent()).as("calls that wait are refused").isTrue();
      time.sleep(wait);
      closed.add(name);
    };
  }

  private Duration tookOf(Closing parts) {
    long before = time.nanoTime();
    parts.within(TIME);
    return Duration.ofNanos(time.nanoTime() - before);
  }

  @Test
  void closesAllPartsSideBySide() {
    Closing parts =
        closing()
            .and("a", takes("a", Duration.ofSeconds(4)))
            .and("b", takes("b", Duration.ofSeconds(3)))
            .and("c", takes("c", Duration.ZERO));

    assertThat(tookOf(parts)).isEqualTo(Duration.ofSeconds(4));
    assertThat(closed).containsExactly("c", "b", "a");
  }

  @Test
  void closesTheOthersWhenAPartThrowsOrHangs() {
    Closing parts =
        closing()
            .and(
                "a",
                atMost -> {
                  throw new StackOverflowError();
                })
            .and("b", atMost -> time.await(never, Duration.ofDays(365)))
            .and("c", takes("c", TIME));

    assertThat(tookOf(parts)).isEqualTo(TIME.plusMillis(200));
    assertThat(closed).containsExactly("c");
  }

  @Test
  void isNotShortenedByAnInterruptOfItsCaller() {
    Closing parts = closing().and("a", takes("a", Duration.ofSeconds(4)));
    Thread.currentThread().interrupt();

    assertThat(tookOf(parts)).isEqualTo(Duration.ofSeconds(4));
    assertThat(closed).containsExactly("a");
    assertThat(Thread.interrupted()).as("kept for the caller").isTrue();
  }

  @Test
  void returnsAtOnceWithoutParts() {
    assertThat(tookOf(closing())).isZero();
  }
}
