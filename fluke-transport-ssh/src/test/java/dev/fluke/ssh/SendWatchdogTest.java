package dev.fluke.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.testkit.VirtualTime;
import dev.fluke.time.Scheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SendWatchdogTest {
  private final AtomicInteger cuts = new AtomicInteger();

  @Test
  void cutsAConnectionOnWhichSendingTakesTenSeconds() throws Exception {
    try (VirtualTime time = VirtualTime.seeded(1)) {
      SendWatchdog watchdog = new SendWatchdog(time, cuts::incrementAndGet);
      time.start("sender", () -> send(watchdog, time, Duration.ofSeconds(30)));

      time.runFor(Duration.ofMillis(9_999));
      assertThat(cuts).hasValue(0);
      time.runFor(Duration.ofMillis(2));
      assertThat(cuts).hasValue(1);
      time.runFor(Duration.ofMinutes(1));
      assertThat(cuts).hasValue(1);
    }
  }

  @Test
  void leavesAConnectionAloneOnWhichSendingEnds() throws Exception {
    try (VirtualTime time = VirtualTime.seeded(1)) {
      SendWatchdog watchdog = new SendWatchdog(time, cuts::incrementAndGet);
      time.start("sender", () -> send(watchdog, time, Duration.ofSeconds(9)));

      time.runFor(Duration.ofMinutes(1));

      assertThat(cuts).hasValue(0);
    }
  }

  private static void send(SendWatchdog watchdog, Scheduler time, Duration takes) {
    try {
      watchdog.send(
          () -> {
            try {
              time.sleep(takes);
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
          });
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void throwsWhatSendingThrows() {
    try (Scheduler scheduler = Scheduler.system()) {
      SendWatchdog watchdog = new SendWatchdog(scheduler, cuts::incrementAndGet);

      assertThatThrownBy(
              () ->
                  watchdog.send(
                      () -> {
                        throw new IOException("broken pipe");
                      }))
          .isInstanceOf(IOException.class)
          .hasMessage("broken pipe");
    }
  }

  @Test
  void returnsFromTheLastMessageThoughTheHostDoesNotTakeIt() {
    CompletableFuture<Void> taken = new CompletableFuture<>();
    AtomicBoolean sent = new AtomicBoolean();
    try (Scheduler scheduler = Scheduler.system()) {
      SendWatchdog watchdog = new SendWatchdog(scheduler, cuts::incrementAndGet);

      watchdog.sendLast(
          () -> {
            taken.join();
            sent.set(true);
          });

      assertThat(sent).isFalse();
      taken.complete(null);
      watchdog.sendLast(() -> {});
    }
    assertThat(cuts).hasValue(0);
  }
}
