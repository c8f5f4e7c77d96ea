package dev.fluke.tests.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.manifest.Manifest;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.testkit.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Two threads that start a reconciler at once. */
class ConcurrentStartTest {

  @Test
  void startsOneSetOfTimersThoughTwoThreadsStartIt() throws Exception {
    for (int round = 0; round < 100; round++) {
      VirtualTime time = VirtualTime.seeded(round);
      AtomicInteger polls = new AtomicInteger();
      Reconciler reconciler =
          Reconciler.builder()
              .scheduler(time)
              .manifest(
                  () -> {
                    polls.incrementAndGet();
                    return Manifest.empty();
                  })
              .build();
      CyclicBarrier together = new CyclicBarrier(2);
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        Thread thread = new Thread(() -> startAfter(together, reconciler));
        thread.start();
        threads.add(thread);
      }
      for (Thread thread : threads) {
        thread.join();
      }
      time.runFor(Duration.ofMinutes(10).plusSeconds(1));

      assertThat(polls).as("round %s: one at the start, ten later", round).hasValue(11);
      reconciler.close();
      time.close();
    }
  }

  private static void startAfter(CyclicBarrier together, Reconciler reconciler) {
    try {
      together.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    reconciler.start();
  }
}
