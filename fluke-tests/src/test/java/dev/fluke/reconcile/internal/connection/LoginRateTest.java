package dev.fluke.reconcile.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.testkit.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How fast connections are opened. */
class LoginRateTest {
  private final VirtualTime time = VirtualTime.seeded(1);

  @AfterEach
  void close() {
    time.close();
  }

  /** When so many logins have their turn, in milliseconds. */
  private List<Long> turns(LoginRate rate, int logins) throws InterruptedException {
    List<Long> turns = new ArrayList<>();
    for (int i = 0; i < logins; i++) {
      rate.await();
      turns.add(Duration.ofNanos(time.nanoTime()).toMillis());
    }
    return turns;
  }

  @Test
  void letsASecondsWorthThroughAtOnceAndSpacesTheRest() throws InterruptedException {
    assertThat(turns(new LoginRate(time, 2), 5)).containsExactly(0L, 0L, 500L, 1000L, 1500L);
  }

  @Test
  void letsNoMoreThroughAtOnceAfterALongPause() throws InterruptedException {
    LoginRate rate = new LoginRate(time, 2);
    turns(rate, 4);
    time.runFor(Duration.ofSeconds(10));

    assertThat(turns(rate, 4)).containsExactly(11_000L, 11_000L, 11_500L, 12_000L);
  }

  @Test
  void spacesEveryLoginWhenThereIsOneASecond() throws InterruptedException {
    assertThat(turns(new LoginRate(time, 1), 3)).containsExactly(0L, 1000L, 2000L);
  }
}
