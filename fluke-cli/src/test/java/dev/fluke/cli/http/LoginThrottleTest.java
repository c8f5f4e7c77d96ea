package dev.fluke.cli.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {
  /** Near the end of the numbers of the clock, which may overflow. */
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(3).toNanos());

  private final LoginThrottle throttle = new LoginThrottle(now::get, "salt");

  private Optional<Duration> guess(String address, String credential) {
    Optional<LoginThrottle.Try> login = throttle.next(address, credential);
    login.ifPresent(throttle::refused);
    return login.map(LoginThrottle.Try::delay);
  }

  private Optional<Long> delay(String address, String credential) {
    return throttle.next(address, credential).map(login -> login.delay().toMillis());
  }

  private void guess(int times) {
    for (int i = 0; i < times; i++) {
      assertThat(guess("a", "guess-" + i)).contains(Duration.ZERO);
    }
  }

  @Test
  void delaysTheTwentyFirstGuess() {
    guess(20);

    assertThat(delay("a", "x")).contains(500L);
    assertThat(delay("a", "x")).contains(1000L);
    assertThat(delay("a", "x")).contains(1500L);
    assertThat(delay("a", "x")).contains(2000L);
    assertThat(delay("a", "x")).isEmpty();
    assertThat(delay("b", "x")).contains(0L);
    now.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(delay("a", "x")).contains(1500L);
  }

  @Test
  void allowsTwoGuessesASecond() {
    guess(20);
    int tried = 0;
    for (int millis = 0; millis < 60_000; millis += 10) {
      tried += throttle.next("a", "guess" + millis).isPresent() ? 1 : 0;
      now.addAndGet(Duration.ofMillis(10).toNanos());
    }
    assertThat(tried).isBetween(120, 126);
  }

  @Test
  void takesAValidPushForNothingMore() {
    for (int i = 0; i < 30; i++) {
      throttle.next("a", "push").ifPresent(throttle::refund);
    }
    assertThat(delay("a", "push")).contains(0L);
    guess(19);
    assertThat(delay("a", "push")).contains(500L);
  }

  @Test
  void forgetsGuesses() {
    guess(20);
    now.addAndGet(Duration.ofSeconds(10).toNanos());

    guess(20);
  }

  @Test
  void neverDelaysACredentialThatWasValidThere() {
    throttle.accepted(throttle.next("a", "valid").orElseThrow());
    guess(20);
    for (int i = 0; i < 100; i++) {
      guess("a", "x");
    }
    assertThat(delay("a", "valid")).contains(0L);
    assertThat(delay("b", "valid")).contains(0L);
    throttle.refused(throttle.next("a", "valid").orElseThrow()); // it was revoked
    assertThat(delay("a", "valid")).isEmpty();
  }

  @Test
  void returnsTheTurnOfAValidCredential() {
    guess(20);
    LoginThrottle.Try valid = throttle.next("a", "valid").orElseThrow();
    assertThat(valid.delay().toMillis()).isEqualTo(500);
    throttle.accepted(valid);

    assertThat(delay("a", "y")).contains(500L);
  }

  @Test
  void remembersBoundedNumbersOfAddresses() {
    for (int i = 0; i < 20_000; i++) {
      guess("address-" + i, "x");
      throttle.accepted(throttle.next("address-" + i, "valid").orElseThrow());
    }
    assertThat(throttle.size()).isEqualTo(2 * 4096);
  }
}
