package dev.fluke.reconcile.internal.revision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.testkit.VirtualTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedCallTest {
  private final VirtualTime time = VirtualTime.seeded(1);
  private int calls;
  private int interrupts;
  private final SharedCall<String> shared =
      new SharedCall<>(time, "call", this::call, t -> "failed: " + t.getMessage());

  @AfterEach
  void close() {
    time.close();
  }

  /** Takes 10 s. */
  private String call() {
    int mine = ++calls;
    try {
      time.sleep(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      interrupts++;
    }
    return "answer " + mine;
  }

  @Test
  void answersAllThatAskDuringACallWithOneMoreCall() {
    CompletableFuture<String> first = shared.ask();
    time.runFor(Duration.ofSeconds(1));
    CompletableFuture<String> second = shared.ask();
    CompletableFuture<String> third = shared.ask();
    assertThat(shared.isUnderWay()).isTrue();
    assertThat(shared.isWaiting()).isTrue();

    time.runFor(Duration.ofSeconds(10));
    assertThat(first).isCompletedWithValue("answer 1");
    assertThat(second).isNotDone();
    assertThat(shared.isWaiting()).isFalse();
    time.runFor(Duration.ofSeconds(10));

    assertThat(second).isCompletedWithValue("answer 2");
    assertThat(third).isCompletedWithValue("answer 2");
    assertThat(calls).isEqualTo(2);
    assertThat(shared.isUnderWay()).isFalse();
  }

  @Test
  void callsAgainWhenAskedAfterTheAnswer() {
    CompletableFuture<String> first = shared.ask();
    time.runFor(Duration.ofSeconds(11));
    assertThat(first).isCompletedWithValue("answer 1");

    CompletableFuture<String> second = shared.ask();
    time.runFor(Duration.ofSeconds(11));

    assertThat(second).isCompletedWithValue("answer 2");
  }

  @Test
  void answersThoughTheCallThrows() {
    SharedCall<String> broken =
        new SharedCall<>(
            time,
            "call",
            () -> {
              throw new AssertionError("no");
            },
            t -> "failed: " + t.getMessage());

    CompletableFuture<String> first = broken.ask();
    time.runUntilIdle();

    assertThat(first).isCompletedWithValue("failed: no");
    assertThat(broken.isUnderWay()).isFalse();
  }

  @Test
  void callsAgainThoughACallbackOfAnAnswerHangs() {
    CompletableFuture<Void> letGo = new CompletableFuture<>();
    var hanging =
        shared
            .ask()
            .thenRun(
                () -> {
                  try {
                    time.await(letGo, Duration.ofDays(1));
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    CompletableFuture<String> second = shared.ask();

    time.runFor(Duration.ofSeconds(21));

    assertThat(second).isCompletedWithValue("answer 2");
    assertThat(hanging).isNotDone();
    letGo.complete(null);
    time.runUntilIdle();
  }

  @Test
  void interruptsCallUnderWayWhenClosed() {
    CompletableFuture<String> first = shared.ask();
    time.runFor(Duration.ofSeconds(1));
    CompletableFuture<String> second = shared.ask();

    shared.close("closed");
    time.runFor(Duration.ofSeconds(1));

    assertThat(interrupts).isEqualTo(1);
    assertThat(first).isCompletedWithValue("answer 1");
    assertThat(second).as("no second call begins").isCompletedWithValue("answer 1");
    assertThat(shared.ask()).isCompletedWithValue("closed");
    assertThat(shared.isClosed()).isTrue();
    assertThat(calls).isEqualTo(1);
  }
}
