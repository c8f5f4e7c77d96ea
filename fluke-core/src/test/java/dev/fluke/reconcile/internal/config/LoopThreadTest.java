package dev.fluke.reconcile.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which threads do work of the loop. */
class LoopThreadTest {
  private final LoopThread thread = new LoopThread();
  private final List<Boolean> seen = new ArrayList<>();

  private void look() {
    seen.add(thread.isCurrent());
  }

  @Test
  void marksTheThreadWhileItWorks() {
    look();
    thread.run(this::look);
    look();

    assertThat(seen).containsExactly(false, true, false);
  }

  @Test
  void keepsTheMarkUntilTheOutermostWorkEnds() {
    thread.run(
        () -> {
          thread.run(this::look);
          look();
        });
    look();

    assertThat(seen).containsExactly(true, true, false);
  }

  @Test
  void removesTheMarkWhenTheWorkThrows() {
    assertThatThrownBy(
            () ->
                thread.run(
                    () -> {
                      throw new IllegalStateException("broken");
                    }))
        .hasMessage("broken");

    assertThat(thread.isCurrent()).isFalse();
  }

  @Test
  void marksNoOtherThread() {
    Thread other = new Thread(this::look);
    thread.run(
        () -> {
          other.start();
          join(other);
          look();
        });

    assertThat(seen).containsExactly(false, true);
  }

  @Test
  void knowsOneLoopFromAnother() {
    LoopThread other = new LoopThread();

    thread.run(() -> seen.add(other.isCurrent()));

    assertThat(seen).containsExactly(false);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
